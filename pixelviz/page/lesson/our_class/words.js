// How the chapter words when a digit was given, and how long the class goes on.

/** @param {number} seconds @returns {string} "23 h 5 min left" */
export function timeLeft(seconds) {
  if (seconds < 60) return "less than a minute left";
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours === 0 ? `${minutes} min left` : `${hours} h ${minutes} min left`;
}

/** @param {number} at Milliseconds. @returns {string} "9:05", on this computer's clock. */
export function clockTime(at) {
  const date = new Date(at);
  return `${date.getHours()}:${String(date.getMinutes()).padStart(2, "0")}`;
}
