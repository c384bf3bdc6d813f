// The script that Streamlit gets for each component: it imports the component's module from this
// server, together with all modules that this one needs, so that none waits for another.

const ADDRESSES = ["ADDRESSES"]; // component.py puts in the addresses, the component's own first
const IN_ITS_PLACE = ["IN ITS PLACE"]; // those of a simpler module, for where that one is not there

/** @typedef {{parentElement: ShadowRoot}} Component */

/** @typedef {(() => void) | void} End */

/** @type {(component: Component) => End | Promise<End>} */
let show;
try {
  show = await load(ADDRESSES);
} catch (error) {
  console.error(error);
  show = await load(IN_ITS_PLACE).catch(() => sayWhatIsWrong);
}

// Streamlit also ends a call that another one has overtaken, but both show the same component: it
// ends when it has left the page.

/** @param {Component} component */
export default function (component) {
  const { parentElement } = component;
  parentElement.querySelector(".component")?.removeAttribute("inert");
  const shown = show(component);
  return async () => {
    const end = await shown;
    if (!parentElement.isConnected) end?.();
  };
}

/** @param {string[]} addresses @returns {Promise<typeof show>} The first module's default export. */
async function load(addresses) {
  const [module] = await Promise.all(
    // This script has an address of its own (blob:…), which nothing can be relative to.
    addresses.map((address) => import(new URL(address, document.baseURI).href)),
  );
  return module.default;
}

/** @param {Component} component */
function sayWhatIsWrong({ parentElement }) {
  const text = document.createElement("p");
  text.textContent = "This part of the page could not be loaded. Reload the page.";
  text.setAttribute("role", "alert");
  text.style.cssText =
    "grid-area: picture; font-family: var(--st-font); color: var(--st-text-color)";
  parentElement.replaceChildren(text);
}
