import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { KEPT_AS } from "../../../../../pixelviz/page/browser/our_class/teacher_key.js";
import { AT_MOST_MS, EACH_MS } from "../../../../../pixelviz/page/browser/our_class/teaching.js";
import { CODE, KEY, OTHER, answer, create, createWith, sent, settled } from "./teachers_browser.js";

for (const status of [401, 404]) {
  test(`${status}: the class is gone, and its key with it`, async () => {
    const { timers, states, page, kept, refuse, ring } = await createWith([sent(1)], 1);
    ring();
    await refuse(status);
    assert.equal(states.at(-1), null);
    assert.match(page.remark, /KRTW MXBD has ended\. Nothing of it/);
    assert.deepEqual([kept, timers], [{}, []]);
  });
}

test("of a class that has never answered nobody can tell whether the key was wrong", async () => {
  const { teacher, states, page, refuse } = create();
  teacher.adopt(CODE, KEY);
  await refuse(401);
  assert.equal(states.at(-1), null);
  assert.match(page.remark, /KRTW MXBD has ended, or this is not its key/);
});

test("the key of a newer class, which another window has started, stays", async () => {
  const { teacher, states, kept, refuse, ring } = await createWith([], 0);
  kept[KEPT_AS] = JSON.stringify({ code: OTHER, key: KEY });
  ring();
  await refuse(404);
  assert.equal(JSON.parse(kept[KEPT_AS]).code, OTHER);
  teacher.takeKept();
  assert.equal(states.at(-1)?.code, OTHER);
});

test("a server that cannot be reached is asked less and less often, and the digits stay", async () => {
  const { asked, states, refuse, reply, ring, numbers } = await createWith([sent(1)], 1);
  const waited = [];
  for (let time = 0; time < 7; time += 1) {
    waited.push(ring());
    await refuse(time % 2 === 0 ? 0 : 503);
    assert.deepEqual(numbers(), [1]);
    assert.equal(states.at(-1)?.problem, `no ${time % 2 === 0 ? 0 : 503}`);
  }
  assert.deepEqual(waited, [1000, 2000, 4000, 8000, 16_000, AT_MOST_MS, AT_MOST_MS]);
  ring();
  await reply(answer([sent(2)], 2, { count: 2 }));
  assert.deepEqual(numbers(), [1, 2]);
  assert.equal(states.at(-1)?.problem, "");
  assert.equal(ring(), EACH_MS);
  await refuse(429, 90);
  assert.equal(ring(), 90_000);
  assert.equal(asked.length, 11);
});

test("an answer that cannot be read is a problem, not an end", async () => {
  const warn = mock.method(console, "warn", () => {});
  const { states, ring, reply, numbers } = await createWith([sent(1)], 1);
  for (const content of [null, {}, answer([{ ...sent(2), pixels: "AAAA" }], 2, { count: 2 })]) {
    ring();
    await reply(content);
    assert.match(states.at(-1)?.problem ?? "", /cannot be read/);
    assert.deepEqual(numbers(), [1]);
  }
  assert.equal(warn.mock.callCount(), 3);
  mock.restoreAll();
});

test("a page that is not seen asks nothing, and at once when it is seen again", async () => {
  const { teacher, asked, timers, page, ring } = await createWith([], 0);
  page.isVisible = false;
  ring();
  teacher.askNow();
  assert.deepEqual([asked.length, timers.length], [1, 0]);
  page.isVisible = true;
  teacher.askNow();
  assert.equal(asked.length, 2);
});

test("another class takes the place of the first, whose answer comes too late", async () => {
  const { teacher, asked, states, ring, reply } = await createWith([sent(1)], 1);
  ring();
  asked.at(-1)?.answer(answer([sent(2)], 2, { count: 2 })); // at the very moment
  teacher.adopt(OTHER, KEY);
  assert.deepEqual([states.at(-1)?.code, states.at(-1)?.digits], [OTHER, []]);
  await settled();
  assert.deepEqual(states.at(-1)?.digits, []);
  await reply(answer([], 0));
  assert.deepEqual([states.at(-1)?.code, states.at(-1)?.isKnown], [OTHER, true]);
});

test("what is kept is taken up again; what was forged there is no class", () => {
  const good = create({ [KEPT_AS]: JSON.stringify({ code: CODE, key: KEY, more: 1 }) });
  good.teacher.takeKept();
  assert.deepEqual(good.teacher.key, { code: CODE, key: KEY });
  good.teacher.takeKept();
  assert.equal(good.asked.length, 1); // the same: nothing new
  for (const forged of [
    "", "null", "[]", "7", '"KRTWMXBD"', "not JSON", '{"code":"KRTWMXBD"}',
    JSON.stringify({ code: "krtwmxbd", key: KEY }), JSON.stringify({ code: "../../x", key: KEY }),
    JSON.stringify({ code: CODE, key: "short" }), JSON.stringify({ code: CODE, key: `${KEY}\r\nX: y` }),
    JSON.stringify({ code: CODE, key: [KEY] }), JSON.stringify({ code: [CODE], key: KEY }),
  ]) {
    const { teacher, asked } = create({ [KEPT_AS]: forged });
    teacher.takeKept();
    assert.deepEqual([teacher.key, asked], [null, []], forged);
  }
});

test("a subscriber that fails does not end the asking", async () => {
  const error = mock.method(console, "error", () => {});
  const { teacher, timers, reply, states } = await createWith([], 0);
  teacher.subscribe(() => {
    throw new Error("mine");
  });
  teacher.askNow();
  assert.equal(error.mock.callCount(), 1);
  await reply(answer([sent(1)], 1));
  assert.equal(error.mock.callCount(), 2);
  assert.deepEqual([timers.length, states.at(-1)?.problem], [1, ""]);
  mock.restoreAll();
});

test("a file is taken away with the key; where it does not come whole, a sentence says so", async () => {
  const { teacher, page } = await createWith([], 0);
  assert.equal(await (await teacher.takeAway("digits.csv"))?.text(), "a file");
  assert.deepEqual(page.requests, [[`${CODE}/digits.csv`, KEY]]);
  const cut = new ReadableStream({ pull: (controller) => controller.error(new Error("cut")) });
  page.file = new Response(cut);
  await assert.rejects(teacher.takeAway("digits.npz"), { message: /did not come whole/ });
});
