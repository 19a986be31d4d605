(() => {
  "use strict";
  const inbox = location.pathname.split("/").pop();
  const slot = "daimon.key." + inbox;
  const at = (id) => document.getElementById(id);
  let key = sessionStorage.getItem(slot) || "";
  let poll = null;
  let older = null;
  let timer = 0;

  const call = async (path) => {
    const answer = await fetch("/v1/inboxes/" + encodeURIComponent(inbox) + path, {
      headers: { Authorization: "Bearer " + key }, cache: "no-store", credentials: "omit",
    });
    const json = await answer.json();
    if (!answer.ok) {
      const trouble = new Error(json.message || "The server answered " + answer.status + ".");
      trouble.status = answer.status;
      throw trouble;
    }
    return json.result;
  };

  const element = (name, text, className) => {
    const made = document.createElement(name);
    made.textContent = text;
    if (className) { made.className = className; }
    return made;
  };

  // Everything of a mail goes through textContent: nothing in it is ever markup here.
  const row = (message) => {
    const item = document.createElement("li");
    if (!message.read) { item.className = "unread"; }
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    summary.append(element("strong", message.subject || "(no subject)"));
    const sender = (message.verified_sender ? "" : "unverified: ") + message.from;
    summary.append(element("span", sender + " · " + new Date(message.stored_at).toLocaleString(), "meta"));
    const body = document.createElement("div");
    details.append(summary, body);
    details.addEventListener("toggle", () => { if (details.open && !body.childElementCount) { fill(body, message, false); } });
    item.append(details);
    return item;
  };

  // The mail's HTML comes sanitised, and stands in a frame that may run nothing and is of no origin.
  const frame = (html) => {
    const made = document.createElement("iframe");
    made.setAttribute("sandbox", "allow-popups allow-popups-to-escape-sandbox");
    made.setAttribute("referrerpolicy", "no-referrer");
    made.title = "The mail as it was written";
    made.srcdoc = html;
    return made;
  };

  const fill = async (body, message, images) => {
    let shown;
    try {
      shown = await call("/messages/" + encodeURIComponent(message.id) + "?view=shown" + (images ? "&images=true" : ""));
    } catch (trouble) {
      body.replaceChildren(element("p", trouble.message, "warning"));
      return;
    }
    const parts = [];
    const words = (shown.trust && shown.trust.words) || [];
    words.forEach((word) => parts.push(element("p", word, "quiet")));
    (shown.codes || []).forEach((code) =>
      parts.push(element("p", "Code: " + code.value + " (" + code.kind + ", " + Math.round(code.confidence * 100) + " %)", "code")));
    (shown.injection || []).forEach((found) =>
      parts.push(element("p", "Tries to instruct a machine (" + found.severity + ", " + found.kind + "): " + found.text, "warning")));
    (shown.hidden || []).forEach((found) =>
      parts.push(element("p", "Hidden from the eye (" + found.kind + "): " + found.text, "hidden-text")));
    if (shown.blocked_images) {
      const load = element("button", shown.blocked_images === 1 ? "Load 1 picture from the web" : "Load " + shown.blocked_images + " pictures from the web", "");
      load.type = "button";
      load.addEventListener("click", () => fill(body, message, true));
      parts.push(load);
    }
    parts.push(shown.shown_html ? frame(shown.shown_html) : element("pre", shown.visible_text || ""));
    if (shown.truncated) { parts.push(element("p", "The text goes on; read it whole through the API.", "quiet")); }
    (shown.attachments || []).forEach((file) =>
      parts.push(element("p", "Attachment: " + file.filename + " (" + file.size + " bytes)", "quiet")));
    body.replaceChildren(...parts);
  };

  const show = (page, place) => {
    const list = at("messages");
    page.messages.forEach((message) => (place === "top" ? list.prepend(row(message)) : list.append(row(message))));
    at("none").hidden = list.childElementCount > 0;
  };

  const status = async () => {
    const state = await call("");
    at("address").textContent = state.address;
    document.title = state.address + " · daimon";
    const count = state.message_count;
    at("status").textContent = state.status + " · " + count + (count === 1 ? " message" : " messages");
  };

  const look = async () => {
    try {
      const page = await call("/messages?view=compact&limit=50&cursor=" + encodeURIComponent(poll));
      poll = page.poll_cursor;
      show(page, "top");
      if (page.messages.length) { await status(); }
      at("trouble").textContent = "";
    } catch (trouble) {
      at("trouble").textContent = trouble.message;
      if (trouble.status === 401 || trouble.status === 404) { return; }
    }
    timer = setTimeout(look, 5000);
  };

  const open = async () => {
    try {
      await status();
      const page = await call("/messages?view=compact&limit=50");
      sessionStorage.setItem(slot, key);
      poll = page.poll_cursor;
      older = page.next_cursor;
      at("messages").replaceChildren();
      show(page, "end");
      at("ask").hidden = true;
      at("mail").hidden = false;
      at("forget").hidden = false;
      at("more").hidden = !older;
      at("trouble").textContent = "";
      timer = setTimeout(look, 5000);
    } catch (trouble) {
      at("trouble").textContent = trouble.message;
    }
  };

  at("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    key = at("key").value.trim();
    at("key").value = "";
    open();
  });
  at("more").addEventListener("click", async () => {
    const page = await call("/messages?view=compact&limit=50&cursor=" + encodeURIComponent(older));
    older = page.next_cursor;
    show(page, "end");
    at("more").hidden = !older;
  });
  at("forget").addEventListener("click", () => {
    sessionStorage.removeItem(slot);
    clearTimeout(timer);
    location.reload();
  });
  if (key) { open(); }
})();
