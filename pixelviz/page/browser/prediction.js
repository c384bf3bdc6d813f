// logits -> probabilities, and what a prediction consists of, as in classifier.py.

/**
 * @typedef {object} Prediction
 * @property {number[]} probabilities (10,), 0 to 1, adding up to 1.
 * @property {number} digit The digit with the largest probability.
 * @property {number} confidence The probability of that digit.
 * @property {boolean} isSure Whether the confidence reaches the model's threshold.
 * @property {boolean} isProbable Whether an unsure model still names one digit: no other is near it.
 * @property {number[]} candidates The two or three digits that it names else; empty where no few are
 *   likely.
 */

const PROBABLE_FROM = 0.4;
const CANDIDATE_MASS = 0.8;

/**
 * @param {ArrayLike<number>} logits (10,)
 * @returns {number[]} exp(logit) over the sum of all exp(logit).
 */
export function softmax(logits) {
  const largest = Math.max(...Array.from(logits));
  const exponentials = Array.from(logits, (logit) => Math.exp(logit - largest));
  const sum = exponentials.reduce((total, each) => total + each, 0);
  return exponentials.map((each) => each / sum);
}

/**
 * @param {ArrayLike<number>} logits (10,)
 * @param {number} threshold The confidence from which on the model is sure.
 * @returns {Prediction}
 */
export function predictionOf(logits, threshold) {
  const probabilities = softmax(logits);
  const ranked = [...probabilities.keys()].sort((a, b) => probabilities[b] - probabilities[a]);
  const [first, second, third] = ranked.map((digit) => probabilities[digit]);
  const few = first + second >= CANDIDATE_MASS ? 2 : first + second + third >= CANDIDATE_MASS ? 3 : 0;
  return {
    probabilities,
    digit: ranked[0],
    confidence: first,
    isSure: first >= threshold,
    isProbable: first >= Math.max(PROBABLE_FROM, 2 * second),
    candidates: ranked.slice(0, few),
  };
}
