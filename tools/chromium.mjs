// One Chromium, spoken to over a pipe: https://chromedevtools.github.io/devtools-protocol/
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const flags = [
  "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
  // Several tabs work at once; none is in the background.
  "--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows", "--disable-renderer-backgrounding",
];

const patience = 30_000; // milliseconds, for an answer

export function launch() {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "publish-browser-"));
  const browser = spawn("chromium", [...flags, `--user-data-dir=${profile}`], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const [, , , to, from] = browser.stdio;
  const answers = new Map(), listeners = new Map(); // by the number of a question; by tab
  let last = 0, buffer = "";

  from.setEncoding("utf8").on("data", (data) => {
    const messages = (buffer + data).split("\0");
    buffer = messages.pop();
    for (const message of messages.map((text) => JSON.parse(text))) {
      if (!message.id) listeners.get(message.sessionId)?.(message);
      else if (message.error) answers.get(message.id).failed(new Error(message.error.message));
      else answers.get(message.id).done(message.result);
      answers.delete(message.id);
    }
  });
  const gone = () => answers.forEach(({ failed }) => failed(new Error("Chromium is gone")));
  browser.once("exit", gone).once("error", gone);
  to.on("error", gone);

  const ask = (method, params = {}, sessionId) => new Promise((answered, refused) => {
    const deadline = setTimeout(() => failed(new Error(`no answer to ${method} in ${patience / 1000} s`)), patience);
    const [done, failed] = [answered, refused].map((then) => (value) => (clearTimeout(deadline), then(value)));
    answers.set(++last, { done, failed });
    to.write(JSON.stringify({ id: last, method, params, sessionId }) + "\0");
  });

  return {
    // tab opens a tab, in a window of its own, since what is hidden is not drawn;
    // a script, if there is one, runs at the beginning of each page. What the
    // browser tells of the tab goes to heard, too.
    async tab(script, heard = () => {}) {
      const { targetId } = await ask("Target.createTarget", { url: "about:blank", newWindow: true });
      const { sessionId } = await ask("Target.attachToTarget", { targetId, flatten: true });
      const tell = (method, params) => ask(method, params, sessionId);
      let loaded = () => {};
      listeners.set(sessionId, ({ method, params }) => {
        heard(method, params);
        if (method === "Page.loadEventFired") loaded();
      });
      await tell("Page.enable");
      if (script) await tell("Page.addScriptToEvaluateOnNewDocument", { source: script });
      return {
        tell,
        async open(url) {
          const there = new Promise((done, failed) => {
            const deadline = setTimeout(() => failed(new Error(`${url} does not load`)), patience);
            loaded = () => (clearTimeout(deadline), done());
          });
          const { errorText } = await tell("Page.navigate", { url });
          if (errorText) throw new Error(`${url}: ${errorText}`);
          await there;
        },
        async run(expression) {
          const { result, exceptionDetails } = await tell("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
          if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
          return result.value;
        },
      };
    },
    async close() {
      const exit = new Promise((done) => browser.once("exit", done));
      await ask("Browser.close").catch(() => browser.kill());
      await exit;
      fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
