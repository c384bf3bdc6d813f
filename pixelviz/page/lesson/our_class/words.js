// How the chapter words when a digit was given, and how long the class goes on.

/** @param {number} seconds @returns {string} "erased in 23 h 5 min" */
export function timeLeft(seconds) {
  if (seconds < 60) return "erased in less than a minute";
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours === 0 ? `erased in ${minutes} min` : `erased in ${hours} h ${minutes} min`;
}

/** @param {boolean} isPaused @returns {string} What a button does that pauses giving, or ends the pause. */
export function pauseOrNot(isPaused) {
  return isPaused ? "Let them give again" : "Pause giving";
}

/** @param {number} at Milliseconds. @returns {string} "9:05", on this computer's clock. */
export function clockTime(at) {
  const date = new Date(at);
  return `${date.getHours()}:${String(date.getMinutes()).padStart(2, "0")}`;
}
