import type { School } from '../school'
export function showPicker(_: School): void {}
