// The same measurement as ParseBench, with postal-mime: mails per second of processor time, warm.
import { readFileSync } from "node:fs";
import PostalMime from "postal-mime";

const [corpus, seconds = "5"] = process.argv.slice(2);
const WARM_UP = 3;

async function measure(mails, run) {
  const start = process.cpuUsage();
  const used = () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  };
  let count = 0;
  while (used() < run) {
    for (const mail of mails) {
      try {
        await PostalMime.parse(mail);
      } catch {
        // Its limits refuse some of the mails; that counts as done.
      }
      count++;
    }
  }
  return count / used();
}

function withAttachment(seed) {
  const bytes = Buffer.alloc(1 << 20);
  let state = seed;
  for (let i = 0; i < bytes.length; i++) {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    bytes[i] = state >>> 16;
  }
  const lines = bytes.toString("base64").match(/.{1,76}/g).join("\r\n");
  return Buffer.from(
    `From: a@example.com\r\nTo: b@example.com\r\nSubject: Large ${seed}\r\nMIME-Version: 1.0\r\n` +
      `Content-Type: multipart/mixed; boundary="mixed"\r\n\r\n--mixed\r\nContent-Type: text/plain\r\n\r\n` +
      `See the file.\r\n--mixed\r\nContent-Type: application/octet-stream\r\n` +
      `Content-Disposition: attachment; filename="large.bin"\r\nContent-Transfer-Encoding: base64\r\n\r\n` +
      `${lines}\r\n--mixed--\r\n`,
  );
}

async function report(mails) {
  await measure(mails, WARM_UP);
  return Math.round(await measure(mails, Number(seconds)));
}

const open = corpus
  ? readFileSync(corpus, "utf8")
      .split("\n")
      .filter((line) => line)
      .map((line) => Buffer.from(JSON.parse(line).eml_b64, "base64"))
  : [];
const large = Array.from({ length: 10 }, (_, seed) => withAttachment(seed + 1));
const figures = { parser: "postal-mime" };
if (open.length > 0) {
  figures.corpus_mails_per_second = await report(open);
}
figures.attachment_mails_per_second = await report(large);
console.log(JSON.stringify(figures));
