import assert from "node:assert/strict";
import { test } from "node:test";

import { KEPT_AS } from "../../../../../pixelviz/page/browser/our_class/teacher_key.js";
import { EACH_MS } from "../../../../../pixelviz/page/browser/our_class/teaching.js";
import { CODE, KEY, NOW, answer, create, createWith, sent } from "./teachers_browser.js";

test("a class is started, its key is kept, and it is asked for its digits", async () => {
  const { teacher, asked, states, kept, reply } = create();
  assert.equal(JSON.stringify(states), "[null]");
  const starting = teacher.start();
  assert.deepEqual([asked[0].path, asked[0].options], ["", { method: "POST", body: {} }]);
  await reply({ code: CODE, key: KEY, secondsLeft: 500 });
  await starting;
  assert.deepEqual(JSON.parse(kept[KEPT_AS]), { code: CODE, key: KEY });
  assert.equal(asked[1].path, `${CODE}/digits?after=0`);
  assert.equal(asked[1].options.key, KEY);
  assert.deepEqual(
    [states.at(-1)?.code, states.at(-1)?.isKnown, states.at(-1)?.digits],
    [CODE, false, []],
  );
  await reply(answer([sent(3)], 3));
  const state = states.at(-1);
  assert.deepEqual(state?.digits, [
    { number: 3, device: 7, label: 3, vector: new Uint8Array(784).fill(3), at: NOW - 2000 },
  ]);
  assert.equal(state?.devices.get(7)?.animal, "fox");
  assert.deepEqual(
    [state?.isPaused, state?.secondsLeft, state?.isKnown, state?.isKept, state?.problem],
    [false, 500, true, true, ""],
  );
});

test("each second the newer digits are asked for, and come behind those that are there", async () => {
  const { asked, states, reply, ring, numbers } = await createWith([sent(1), sent(4)], 5);
  const before = states.at(-1)?.digits;
  assert.equal(ring(), EACH_MS);
  assert.equal(asked[1].path, `${CODE}/digits?after=5`);
  await reply(answer([], 5, { count: 2 }));
  assert.equal(states.at(-1)?.digits, before); // nothing came: the same array
  ring();
  await reply(answer([sent(8), sent(6)], 8, { count: 4 }));
  assert.deepEqual(numbers(), [1, 4, 6, 8]);
  assert.equal(asked.length, 3);
});

test("where the count differs, digits were removed elsewhere: the whole takes their place", async () => {
  const { asked, reply, ring, numbers } = await createWith([sent(1), sent(2)], 2);
  ring();
  await reply(answer([sent(3)], 3, { count: 2 }));
  assert.equal(asked.at(-1)?.path, `${CODE}/digits?after=0`);
  assert.deepEqual(numbers(), [1, 2]); // not half of it
  await reply(answer([sent(2), sent(3)], 3));
  assert.deepEqual(numbers(), [2, 3]);
  ring();
  assert.equal(asked.at(-1)?.path, `${CODE}/digits?after=3`);
});

test("an answer that what was done has overtaken is not heard", async () => {
  const { teacher, asked, timers, states, reply, ring, numbers } = await createWith([sent(1), sent(2)], 2);
  ring();
  const [late] = asked.slice(-1);
  const removing = teacher.removeDigit(2);
  assert.deepEqual(
    [asked.at(-1)?.path, asked.at(-1)?.options.method],
    [`${CODE}/digits/2`, "DELETE"],
  );
  late.answer(answer([], 2, { count: 2 }));
  await reply(null);
  await removing;
  assert.deepEqual(numbers(), [1]);
  assert.equal(states.at(-1)?.devices.get(7)?.count, 1);
  assert.equal(asked.at(-1)?.path, `${CODE}/digits?after=2`);
  await reply(answer([], 2, { count: 1 }));
  assert.deepEqual(numbers(), [1]);
  assert.equal(timers.length, 1); // only one goes on to ask
});

test("a device goes with all that it gave, and the others stay", async () => {
  const made = create();
  made.teacher.adopt(CODE, KEY);
  const devices = [7, 9].map((device) => ({ device, colour: "blue", animal: "fox", css: "", count: 1 }));
  await made.reply(answer([sent(1, 7), sent(2, 9)], 2, { devices }));
  const removing = made.teacher.removeDevice(7);
  assert.equal(made.asked.at(-1)?.path, `${CODE}/devices/7`);
  await made.reply(null);
  await removing;
  assert.deepEqual(made.numbers(), [2]);
  assert.deepEqual([...(made.states.at(-1)?.devices.keys() ?? [])], [9]);
});

test("giving is paused, and what the server refuses is said to who asked for it", async () => {
  const { teacher, asked, states, reply, refuse } = await createWith([sent(1)], 1);
  const pausing = teacher.pause(true);
  assert.deepEqual(asked.at(-1)?.options, { method: "PATCH", body: { isPaused: true }, key: KEY });
  await reply({ ...answer([sent(1)], 1, { isPaused: true }), digits: undefined });
  await pausing;
  assert.equal(states.at(-1)?.isPaused, true);
  const again = assert.rejects(teacher.pause(false), { message: "no 429" });
  await refuse(429, 4);
  await again;
  assert.equal(asked.at(-1)?.path, `${CODE}/digits?after=1`); // and it goes on to ask
  assert.equal(states.at(-1)?.isPaused, true);
});

test("at the end nothing is left of the class, in this browser neither", async () => {
  const { teacher, asked, timers, states, page, kept, reply } = await createWith([sent(1)], 1);
  const ending = teacher.end();
  assert.deepEqual([asked.at(-1)?.path, asked.at(-1)?.options.method], [CODE, "DELETE"]);
  await reply(null);
  await ending;
  assert.equal(states.at(-1), null);
  assert.match(page.remark, /KRTW MXBD has ended/);
  assert.deepEqual([kept, timers, teacher.key], [{}, [], null]);
  assert.equal(asked.length, 2);
  assert.equal(await teacher.takeAway("digits.csv"), null);
});
