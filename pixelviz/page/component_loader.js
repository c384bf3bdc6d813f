// The script that Streamlit gets for each component: it imports the component's module from this
// server, together with all modules that this one needs, so that none waits for another.

const ADDRESSES = ["ADDRESSES"]; // component.py puts in the addresses, the component's own first

// What a component without its module can still say is `inWords`.
/** @typedef {{parentElement: ShadowRoot, data?: {inWords?: string}}} Component */

/** @typedef {(() => void) | void} End */

/** @type {(component: Component) => End | Promise<End>} */
let show;
try {
  const [module] = await Promise.all(
    // This script has an address of its own (blob:…), which nothing can be relative to.
    ADDRESSES.map((address) => import(new URL(address, document.baseURI).href)),
  );
  show = module.default;
} catch (error) {
  console.error(error);
  show = sayWhatIsWrong;
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

/** @param {Component} component */
function sayWhatIsWrong({ parentElement, data }) {
  const text = document.createElement("p");
  const words = data?.inWords;
  text.textContent = words ?? "This part of the page could not be loaded. Reload the page.";
  text.setAttribute("role", words === undefined ? "alert" : "status");
  text.style.cssText =
    "grid-area: picture; font-family: var(--st-font); color: var(--st-text-color)";
  parentElement.replaceChildren(text);
}
