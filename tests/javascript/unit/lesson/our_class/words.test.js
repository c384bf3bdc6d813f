import assert from "node:assert/strict";
import { test } from "node:test";

import {
  forOthers,
  ofPupils,
  ofQrCode,
  ofTeacher,
  whereCodesAreTyped,
} from "../../../../../pixelviz/page/lesson/our_class/addresses.js";
import { clockTime, timeLeft } from "../../../../../pixelviz/page/lesson/our_class/words.js";
import { byDevice, byDigit } from "../../../../../pixelviz/page/lesson/our_class/wall/grouping.js";

const REACH = { address: "http://192.168.1.5:8501/", problem: "" };

test("pupils get the page's address, and that in the school's network where it is localhost", () => {
  for (const host of ["localhost:8501", "127.0.0.1:8501", "127.9.9.9", "[::1]:8501", "0.0.0.0:8501"]) {
    assert.equal(forOthers(`http://${host}/?chapter=class`, REACH), REACH);
  }
  for (const [page, address] of [
    ["http://192.168.1.5:8501/?chapter=class#x", "http://192.168.1.5:8501/"],
    ["https://school.example/pixels/?model=dense", "https://school.example/pixels/"],
    ["http://localhost.example/", "http://localhost.example/"],
    ["http://127.example/", "http://127.example/"],
  ]) {
    assert.deepEqual(forOthers(page, { address: null, problem: "none" }), { address, problem: "" });
  }
});

test("addresses lead to the class, below whatever path the page has", () => {
  const page = "https://school.example/pixels/";
  assert.equal(whereCodesAreTyped(page), "https://school.example/pixels/class/");
  assert.equal(ofPupils(page, "KRTWMXBD"), "https://school.example/pixels/class/KRTWMXBD");
  const key = { code: "KRTWMXBD", key: "abc-DEF_123456789012xy" };
  assert.equal(
    ofTeacher(`${page}?model=dense`, key),
    "https://school.example/pixels/?chapter=class#teacher=KRTWMXBD.abc-DEF_123456789012xy",
  );
  const qr = new URL(ofQrCode(ofPupils(page, "KRTWMXBD")), page);
  assert.equal(qr.pathname, "/pixels/classes/qr.svg");
  const odd = "https://school.example/a&b/class/KRTWMXBD";
  assert.equal(new URL(ofQrCode(odd), page).searchParams.get("address"), odd);
  assert.equal(qr.searchParams.get("address"), ofPupils(page, "KRTWMXBD"));
});

test("when and how long are worded", () => {
  assert.deepEqual(
    [86_400, 86_399, 3600, 3599, 60, 59, 0].map(timeLeft),
    [
      "erased in 24 h 0 min", "erased in 23 h 59 min", "erased in 1 h 0 min", "erased in 59 min",
      "erased in 1 min", "erased in less than a minute", "erased in less than a minute",
    ],
  );
  assert.equal(clockTime(new Date(2026, 4, 1, 9, 5).getTime()), "9:05");
});

test("digits are grouped by what they are, or by whose they are", () => {
  const given = (/** @type {number} */ number, /** @type {number} */ device, /** @type {number} */ label) =>
    ({ number, device, label, vector: new Uint8Array(784), at: 0 });
  const digits = [given(1, 7, 3), given(2, 9, 0), given(4, 7, 3), given(5, 11, 9)];
  const mark = { colour: "blue", animal: "fox", css: "#2f6fd0", count: 0 };
  const devices = new Map([7, 8, 9].map((device) => [device, { ...mark, device }]));
  const numbers = (/** @type {import("../../../../../pixelviz/page/lesson/our_class/wall/grouping.js").Group[]} */ groups) =>
    groups.map((group) => group.digits.map(({ number }) => number));
  assert.deepEqual(numbers(byDigit(digits)), [[2], [], [], [1, 4], [], [], [], [], [], [5]]);
  assert.deepEqual(numbers(byDevice(digits, devices)), [[1, 4], [], [2]]); // one has just been removed
  assert.deepEqual(byDevice(digits, devices).map(({ device }) => device?.device), [7, 8, 9]);
});
