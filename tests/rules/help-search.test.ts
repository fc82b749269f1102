import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { indexOf, search, slipsAllowed, slipsBetween } from '../../src/features/help/search'

const index = indexOf([
  { found: 'username', texts: ['Brugernavnet blev ikke fundet', 'slåfejl stavefejl', 'Vis eleven navnet.'] },
  { found: 'password', texts: ['Adgangskoden er forkert eller glemt', 'kode', 'Giv en ny.'] },
  {
    found: 'pictures',
    texts: ['De fire billeder virker ikke', 'rækkefølge', 'Giv fire nye billeder til eleven.'],
  },
])
const found = (query: string) => search(index, query)

describe('the search of help', () => {
  test('finds by words, their beginnings, and as a Dane types in a hurry', () => {
    expect(found('forkert adgangskode')[0]).toBe('password')
    expect(found('bruger')[0]).toBe('username')
    expect(found('RAEKKEFOLGE')[0]).toBe('pictures')
    expect(found('slaafejl')[0]).toBe('username')
  })

  test('a title comes before what people search with, and that before the rest', () => {
    expect(found('billeder')).toEqual(['pictures'])
    expect(found('elev')).toEqual(['username', 'pictures'])
  })

  test.each(['adgangskodne', 'adgagnskoden', 'adganskoden', 'adgangskodenn', 'adgandskoden'])(
    'forgives a slip: %s',
    (query) => expect(found(query)).toEqual(['password']),
  )

  test('what is spelt right is no slip for something else', () => {
    const both = indexOf([
      { found: 'Asta', texts: ['Asta Holm'] },
      { found: 'staff', texts: ['En ansat har ikke MitID', 'fast asti'] },
    ])
    expect(search(both, 'asta')).toEqual(['Asta'])
    expect(search(both, 'astu')).toEqual(['Asta', 'staff'])
  })

  test('takes a whole sentence, though some of its words stand nowhere', () => {
    expect(found('den siger brugernavnet blev ikke fundet')[0]).toBe('username')
  })

  test('three of five words are enough, two are not', () => {
    expect(found('fire billeder virker xxxx yyyy')).toEqual(['pictures'])
    expect(found('fire billeder zzzz xxxx yyyy')).toEqual([])
  })

  test('small words do not outweigh the others, and count where there are no others', () => {
    const both = indexOf(
      [
        { found: 'phone', texts: ['Ny telefon'] },
        { found: 'parent', texts: ['Hvordan får jeg en ny'] },
      ],
      'hvordan får jeg en',
    )
    expect(search(both, 'hvordan får jeg en ny telefon')).toEqual(['phone'])
    expect(search(both, 'hvordan får jeg en ny')).toEqual(['parent', 'phone'])
    expect(search(both, 'hvordan')).toEqual(['parent'])
  })

  test('finds nothing for nothing', () => {
    for (const query of ['', '   ', '?!', '–']) expect(found(query)).toEqual([])
  })

  test('short words allow no slip, longer ones more', () => {
    expect([3, 4, 7, 8].map(slipsAllowed)).toEqual([0, 1, 1, 2])
    expect(found('nu')).toEqual([])
  })
})

describe('slips', () => {
  test.each([
    ['kode', 'kode', 0],
    ['kode', 'kod', 1],
    ['kode', 'koder', 1],
    ['kode', 'kore', 1],
    ['kode', 'koed', 1],
    ['kode', 'bind', 4],
  ])('from %s to %s', (one, other, slips) => expect(slipsBetween(one, other, 9)).toBe(slips))

  test('are the same both ways, and none only between the same words', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 })
    fc.assert(
      fc.property(letters, letters, (one, other) => {
        const slips = slipsBetween(one, other, 9)
        expect(slips).toBe(slipsBetween(other, one, 9))
        expect(slips === 0).toBe(one === other)
      }),
    )
  })
})
