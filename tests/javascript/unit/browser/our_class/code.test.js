import assert from "node:assert/strict";
import { test } from "node:test";

import {
  inGroups,
  isCode,
  readCode,
  typedIn,
} from "../../../../../pixelviz/page/browser/our_class/code.js";
import { fromFragment, toFragment } from "../../../../../pixelviz/page/browser/our_class/teacher_key.js";

test("a code is read in any case, with spaces and hyphens, and written in two groups", () => {
  for (const text of ["KRTWMXBD", "krtw mxbd", " KRTW-MXBD ", "k r t w m x b d", "KRTW–mxbd"]) {
    assert.equal(readCode(text), "KRTWMXBD", text);
  }
  for (const text of ["", "KRTW", "KRTWMXBDD", "KRTWMXBA", "KRTWMXB1", "KRTW/MXBD"]) {
    assert.equal(readCode(text), null, text);
  }
  assert.equal(inGroups("KRTWMXBD"), "KRTW MXBD");
  assert.deepEqual([isCode("KRTWMXBD"), isCode("krtwmxbd"), isCode(7)], [true, false, false]);
});

test("a code is typed behind the last slash of an address, whatever else stands there", () => {
  for (const [path, typed] of [
    ["/class/KRTWMXBD", "KRTWMXBD"], ["/pixelviz/class/krtw%20mxbd", "krtw mxbd"], ["/class/", ""],
    ["/class/KRTW%E2%80%93MXBD", "KRTW–MXBD"], ["/class/%E0%A4%A", "%E0%A4%A"], ["/class/100%", "100%"],
  ]) {
    assert.equal(typedIn(path), typed);
  }
});

test("code and key stand behind the # of an address, and nothing else is read there", () => {
  const key = { code: "KRTWMXBD", key: "abc-DEF_123456789012xy" };
  assert.equal(toFragment(key), "#teacher=KRTWMXBD.abc-DEF_123456789012xy");
  assert.deepEqual(fromFragment(toFragment(key)), key);
  for (const fragment of [
    "", "#", "#teacher=", "#teacher=KRTWMXBD", "#teacher=KRTWMXBD.", "#teacher=KRTWMXBD.abc",
    "#teacher=krtwmxbd.abc-DEF_123456789012xy", "#pupil=KRTWMXBD.abc-DEF_123456789012xy",
    "#teacher=KRTWMXBD.abc-DEF_12345678 012xy",
  ]) {
    assert.equal(fromFragment(fragment), null, fragment);
  }
});
