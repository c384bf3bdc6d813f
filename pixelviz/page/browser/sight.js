// What is out of sight need not be computed: a chapter is longer than the screen.

/**
 * @param {Element} element
 * @param {(isSeen: boolean) => void} tell Called when it comes into sight, and when it is out of it.
 * @returns {() => void} What ends that.
 */
export function watchSight(element, tell) {
  const observer = new IntersectionObserver((entries) => {
    const last = entries.at(-1);
    if (last) tell(last.isIntersecting);
  });
  observer.observe(element);
  return () => observer.disconnect();
}
