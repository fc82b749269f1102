import type { SchoolClass } from '../people'

/** 2.A before 10.X, classes before groups. */
const classOrder = new Intl.Collator('da', { numeric: true })

export const byName = (a: Pick<SchoolClass, 'kind' | 'name'>, b: Pick<SchoolClass, 'kind' | 'name'>) =>
  a.kind === b.kind ? classOrder.compare(a.name, b.name) : a.kind === 'class' ? -1 : 1
