// Drives Firefox for a test that is written in another language: each line on standard input is a
// command in JSON, each line on standard output its result. It ends when standard input does.
//
//   node firefox.js /usr/bin/firefox-esr
//   {"command": "moveTo", "values": [100, 200]}   ->   {"value": null}
//   {"command": "evaluate", "values": ["nobody"]} ->   {"error": "nobody is not defined"}

import { createInterface } from "node:readline";
import puppeteer from "puppeteer-core";

const browser = await puppeteer.launch({
  browser: "firefox", // which puppeteer speaks to through WebDriver BiDi
  executablePath: process.argv[2],
  headless: true,
  defaultViewport: { width: 1366, height: 768 },
});

/** @type {import("puppeteer-core").BrowserContext} */ let context;
/** @type {import("puppeteer-core").Page} */ let page;
/** @type {string[]} Uncaught errors of the page's scripts, and requests that failed. */ let problems;

/** @type {Record<string, (...values: any[]) => unknown>} */
const commands = {
  /** Opens an address as a new person, of whom the browser knows nothing. */
  async open(/** @type {string} */ address) {
    context = await browser.createBrowserContext();
    page = await context.newPage();
    const seen = (problems = /** @type {string[]} */ ([]));
    page.on("pageerror", (error) => seen.push(String(error)));
    page.on("requestfailed", (request) => {
      // Firefox gives up on Streamlit's own icon when the page's icon arrives before it.
      if (!request.url().endsWith("/favicon.png")) seen.push(`no answer: ${request.url()}`);
    });
    await page.goto(address);
  },
  close: () => context.close(),
  evaluate: (/** @type {string} */ expression) => page.evaluate(expression),
  moveTo: (/** @type {number} */ x, /** @type {number} */ y) => page.mouse.move(x, y),
  press: () => page.mouse.down(),
  release: () => page.mouse.up(),
  problems: () => problems,
};

for await (const line of createInterface({ input: process.stdin })) {
  const { command, values } = JSON.parse(line);
  const result = await Promise.resolve(commands[command](...values)).then(
    (value) => ({ value: value ?? null }),
    (error) => ({ error: error.message }),
  );
  console.log(JSON.stringify(result));
}
await browser.close();
