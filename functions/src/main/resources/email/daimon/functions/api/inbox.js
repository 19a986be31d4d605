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
    details.append(summary, element("pre", message.text_body || ""));
    if (message.truncated) { details.append(element("p", "The text goes on; read it whole through the API.", "quiet")); }
    message.attachments.forEach((file) =>
      details.append(element("p", "Attachment: " + file.filename + " (" + file.size + " bytes)", "quiet")));
    item.append(details);
    return item;
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
      const page = await call("/messages?limit=50&cursor=" + encodeURIComponent(poll));
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
      const page = await call("/messages?limit=50");
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
    const page = await call("/messages?limit=50&cursor=" + encodeURIComponent(older));
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
