/**
 * @param {number[]} values
 * @param {number} share 0.75 for the value that three quarters stay at or below
 */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

/** @param {number[]} values */
export const median = (values) => percentile(values, 0.5)

/** @param {number} value */
export const oneDecimal = (value) => Math.round(value * 10) / 10
