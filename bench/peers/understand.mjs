// What others find in the same mails: replies, MIME fields, and mails understood per second of processor time.
//   node understand.mjs replies FILE      one object a line: {id, PEER: text or null where it failed}
//   node understand.mjs mime FILE         one object a line: {id, PEER: fields or null}
//   node understand.mjs speed FILE SECS   postal-mime and TalonJS, warm, one thread
import { readFileSync } from "node:fs";
import EmailReplyParser from "email-reply-parser";
import { convert } from "html-to-text";
import { JSDOM } from "jsdom";
import { simpleParser } from "mailparser";
import nodeEmailReplyParser from "node-email-reply-parser";
import planer from "planer";
import PostalMime from "postal-mime";
import talon from "talonjs";

const WARM_UP = 20;
const [mode, file, seconds = "10"] = process.argv.slice(2);
const rows = readFileSync(file, "utf8")
  .split("\n")
  .filter((line) => line)
  .map((line) => JSON.parse(line));
const page = new JSDOM("").window.document;

const plain = (html) =>
  convert(html, {
    wordwrap: false,
    selectors: [
      { selector: "a", options: { ignoreHref: true } },
      { selector: "img", format: "skip" },
    ],
  });

// Those that know HTML get it; the others its text.
const replies = {
  talonjs: (text, html) =>
    html ? plain(talon.quotations.extractFromHtml(html).body) : talon.quotations.extractFromPlain(text).body,
  planer: (text, html) => (html ? plain(planer.extractFrom(html, "text/html", page)) : planer.extractFrom(text, "text/plain")),
  "email-reply-parser": (text, html) => new EmailReplyParser().read(html ? plain(html) : text).getVisibleText(),
  "node-email-reply-parser": (text, html) => nodeEmailReplyParser(html ? plain(html) : text, true),
};

async function texts(row) {
  if (row.kind === "html") {
    return ["", row.input];
  }
  if (row.kind === "text") {
    return [row.input, ""];
  }
  const mail = await PostalMime.parse(Buffer.from(row.input_b64, "base64"));
  return mail.text ? [mail.text, ""] : ["", mail.html ?? ""];
}

async function attempt(work) {
  try {
    return await work();
  } catch {
    return null;
  }
}

const ids = (text) => (text ? text.match(/<[^>]*>|[^\s<>,]+/g) ?? [] : []);

async function postalMime(raw) {
  const mail = await PostalMime.parse(raw);
  const addresses = (list) => (list ?? []).flatMap((one) => (one.group ? one.group : [one])).map((one) => one.address);
  return {
    subject: mail.subject ?? "",
    text: mail.text ?? "",
    html: mail.html ?? "",
    from: mail.from ? addresses([mail.from]) : [],
    to: addresses(mail.to),
    cc: addresses(mail.cc),
    message_id: ids(mail.messageId),
    in_reply_to: ids(mail.inReplyTo),
    references: ids(mail.references),
    attachments: mail.attachments.map((one) => ({ name: one.filename, size: one.content.byteLength ?? one.content.length })),
  };
}

async function mailparser(raw) {
  const mail = await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true, skipImageLinks: true });
  const addresses = (field) =>
    [field ?? []]
      .flat()
      .flatMap((one) => one.value)
      .flatMap((one) => one.group ?? [one])
      .map((one) => one.address);
  return {
    subject: mail.subject ?? "",
    text: mail.text ?? "",
    html: mail.html || "",
    from: addresses(mail.from),
    to: addresses(mail.to),
    cc: addresses(mail.cc),
    message_id: ids(mail.messageId),
    in_reply_to: ids(mail.inReplyTo),
    references: [mail.references ?? []].flat(),
    attachments: mail.attachments.map((one) => ({ name: one.filename ?? null, size: one.size })),
  };
}

async function understood(raw) {
  const mail = await attempt(() => PostalMime.parse(raw));
  if (mail === null) {
    return 0;
  }
  // One of the two, the cheaper for it.
  const reply = await attempt(() =>
    mail.text ? talon.quotations.extractFromPlain(mail.text).body : mail.html ? talon.quotations.extractFromHtml(mail.html).body : "",
  );
  const attachments = mail.attachments.map((one) => ({ name: one.filename, type: one.mimeType, size: one.content.byteLength }));
  return JSON.stringify({ ...mail, attachments, reply }).length;
}

async function rate(mails, time) {
  const start = process.cpuUsage();
  const used = () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  };
  let count = 0;
  while (used() < time) {
    for (const mail of mails) {
      await understood(mail);
      count++;
    }
  }
  return count / used();
}

if (mode === "replies") {
  for (const row of rows) {
    const found = { id: row.id };
    const [text, html] = await texts(row);
    for (const [peer, read] of Object.entries(replies)) {
      found[peer] = await attempt(() => read(text, html) ?? null);
    }
    console.log(JSON.stringify(found));
  }
} else if (mode === "mime") {
  for (const row of rows) {
    const raw = Buffer.from(row.eml_b64, "base64");
    console.log(
      JSON.stringify({
        id: row.id,
        "postal-mime": await attempt(() => postalMime(raw)),
        mailparser: await attempt(() => mailparser(raw)),
      }),
    );
  }
} else {
  const mails = rows.map((row) => Buffer.from(row.eml_b64, "base64"));
  await rate(mails, WARM_UP);
  console.log(JSON.stringify({ mails_per_second: await rate(mails, Number(seconds)) }));
}
