import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { forgetSelections, select, selectionOf, setTicked } from '../../src/features/pupils/selection'

const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { maxLength: 10 })
const sorted = (set: ReadonlySet<string>) => [...set].sort()

afterEach(forgetSelections)

describe('the ticks of a class', () => {
  test('are nobody at first', () => {
    expect(sorted(selectionOf('2a'))).toEqual([])
  })

  test('ticking and unticking the same pupils leaves the others as they were', () => {
    fc.assert(
      fc.property(ids, ids, (before, touched) => {
        select('2a', before)
        setTicked('2a', touched, true)
        expect(sorted(selectionOf('2a'))).toEqual([...new Set([...before, ...touched])].sort())
        setTicked('2a', touched, false)
        expect(sorted(selectionOf('2a'))).toEqual(before.filter((id) => !touched.includes(id)).sort())
      }),
    )
  })

  test('ticking twice is ticking once', () => {
    fc.assert(
      fc.property(ids, (touched) => {
        setTicked('2a', touched, true)
        const once = sorted(selectionOf('2a'))
        setTicked('2a', touched, true)
        expect(sorted(selectionOf('2a'))).toEqual(once)
      }),
    )
  })

  test('of one class are not those of another', () => {
    setTicked('2a', ['p-1'], true)
    expect(sorted(selectionOf('4b'))).toEqual([])
    setTicked('4b', ['p-2'], true)
    expect(sorted(selectionOf('2a'))).toEqual(['p-1'])
  })

  test('are a new set after each change, so that a page notices', () => {
    setTicked('2a', ['p-1'], true)
    const before = selectionOf('2a')
    setTicked('2a', ['p-2'], true)
    expect(selectionOf('2a')).not.toBe(before)
    expect(sorted(before)).toEqual(['p-1'])
  })

  test('are all gone when they are forgotten', () => {
    setTicked('2a', ['p-1'], true)
    setTicked('4b', ['p-2'], true)
    forgetSelections()
    expect(sorted(selectionOf('2a'))).toEqual([])
    expect(sorted(selectionOf('4b'))).toEqual([])
  })
})
