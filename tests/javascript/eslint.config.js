// Checks the page's scripts and the tests'. Run it from the repository's folder, with --config.

import js from "@eslint/js";
import globals from "globals";

const IN_BROWSER = ["pixelviz/page/**/*.js", "tests/javascript/engines/pixelviz_page.js"];
const IN_NODE = ["tests/javascript/**/*.js"];

export default [
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error", reportUnusedInlineConfigs: "error" },
    rules: {
      "array-callback-return": "error",
      "consistent-return": "error",
      "default-param-last": "error",
      eqeqeq: "error",
      "max-lines": ["error", 250],
      "no-constructor-return": "error",
      "no-duplicate-imports": "error",
      "no-else-return": "error",
      "no-eval": "error",
      "no-implicit-coercion": "error",
      "no-implied-eval": "error",
      "no-lonely-if": "error",
      "no-param-reassign": "error",
      "no-promise-executor-return": "error",
      "no-self-compare": "error",
      "no-shadow": "error",
      "no-template-curly-in-string": "error",
      "no-throw-literal": "error",
      "no-unneeded-ternary": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-use-before-define": ["error", { functions: false, variables: false }],
      "no-useless-return": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
      yoda: "error",
    },
  },
  { files: IN_BROWSER, languageOptions: { globals: globals.browser } },
  { files: IN_NODE, ignores: IN_BROWSER, languageOptions: { globals: globals.node } },
];
