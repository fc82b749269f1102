import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findPupils, rank } from '../../src/features/pupils/search'
import { fold } from '../../src/i18n/fold'

fc.configureGlobal({ numRuns: 400 })

const nobody = new Map<string, string>()
const named = (...names: string[]) => names.map((name) => ({ id: name, name }))
const find = (query: string, ...names: string[]) =>
  findPupils(query, named(...names), nobody).map(({ name }) => name)

/** Names such as are met in a Danish school, and some that are not. */
const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzæøåäöüéèêëíïóòôúñçšžðđłßABCÆØÅÉÖ')
const word = fc.array(letter, { minLength: 1, maxLength: 9 }).map((letters) => letters.join(''))
/** Few letters, so that those that are folded meet each other. */
const trickyWord = fc
  .array(fc.constantFrom(...'aåæoøeAÅÆOØE'), { minLength: 1, maxLength: 9 })
  .map((letters) => letters.join(''))
const fullName = fc
  .array(fc.oneof(word, trickyWord), { minLength: 1, maxLength: 4 })
  .map((words) => words.join(' '))
const anyText = fc.string({ unit: 'grapheme', maxLength: 30 })

describe('folding', () => {
  test.each([
    ['Åse', 'ase'],
    ['Aase', 'ase'],
    ['Ærø', 'aero'],
    ['Soerensen', 'sorensen'],
    ['Sørensen', 'sorensen'],
    ['Müller', 'muller'],
    ['Renée', 'renee'],
    ['Łukasz', 'lukasz'],
    ['Guðrún', 'gudrun'],
    ['Strauß', 'strauss'],
    ['İpek', 'ipek'],
    ['A\u030Ase', 'ase'],
    ['Ǿrn', 'orn'],
    ['Ǣbel', 'aebel'],
  ])('%s becomes %s', (text, folded) => {
    expect(fold(text)).toBe(folded)
  })

  test('folding twice is folding once, for names', () => {
    fc.assert(
      fc.property(fullName, (name) => {
        expect(fold(fold(name))).toBe(fold(name))
      }),
    )
  })

  test('folding twice is folding once, for any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(fold(fold(text))).toBe(fold(text))
      }),
    )
  })

  test('case does not matter, nor how accents are written', () => {
    fc.assert(
      fc.property(fullName, (name) => {
        expect(fold(name.toUpperCase().toLowerCase())).toBe(fold(name.toLowerCase()))
        expect(fold(name.normalize('NFD'))).toBe(fold(name.normalize('NFC')))
      }),
    )
  })
})

describe('finding', () => {
  test('a pupil is found by every beginning of the own name', () => {
    fc.assert(
      fc.property(fullName, fc.nat(40), (name, length) => {
        const beginning = name.slice(0, Math.max(1, length))
        fc.pre(beginning.trim() !== '')
        expect(find(beginning, name)).toEqual([name])
      }),
    )
  })

  test('a pupil is found by the words of the name in any order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(word, trickyWord), { minLength: 2, maxLength: 4 }).chain((words) =>
          fc.tuple(
            fc.constant(words.join(' ')),
            fc.shuffledSubarray(words, { minLength: words.length }).map((shuffled) => shuffled.join(' ')),
          ),
        ),
        ([name, query]) => {
          expect(find(query, name)).toEqual([name])
        },
      ),
    )
  })

  test('what is found is among those searched, each once, whatever is typed', () => {
    fc.assert(
      fc.property(anyText, fc.uniqueArray(fullName, { maxLength: 8 }), (query, names) => {
        const found = find(query, ...names)
        expect(new Set(found).size).toBe(found.length)
        for (const name of found) expect(names).toContain(name)
      }),
    )
  })

  test('equals keep the order they came in', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fullName, { maxLength: 8 }), (names) => {
        const query = 'a'
        const found = find(query, ...names)
        const places = found.map((name) => ({
          place: names.indexOf(name),
          rank: rank(query, name, undefined),
        }))
        for (const [index, { place, rank: own }] of places.entries()) {
          const next = places[index + 1]
          if (next && next.rank === own) expect(place).toBeLessThan(next.place)
        }
      }),
    )
  })

  test('typing more never finds somebody new', () => {
    fc.assert(
      fc.property(fullName, fc.uniqueArray(fullName, { maxLength: 8 }), (query, names) => {
        const all = new Set(find(query.slice(0, 1), ...names))
        fc.pre(query.trim() !== '' && query.slice(0, 1).trim() !== '')
        for (const name of find(query.split(' ')[0] ?? '', ...names)) expect(all).toContain(name)
      }),
    )
  })

  test.each(['', ' ', ' \t '])('nothing asked (%j) finds nobody', (query) => {
    expect(find(query, 'Asta Holm')).toEqual([])
  })

  test.each(['-', '.*', '\\', '(', '%', "'"])('signs are no patterns: %j finds nobody here', (query) => {
    expect(find(query, 'Asta Holm')).toEqual([])
  })

  test('best first: the first name begins so, another name begins so, somewhere inside', () => {
    expect(find('li', 'Emilie Dahl', 'Asta Lind', 'Liam Bak')).toEqual([
      'Liam Bak',
      'Asta Lind',
      'Emilie Dahl',
    ])
    expect(rank('li', 'Liam Bak', undefined)).toBe(0)
    expect(rank('li', 'Asta Lind', undefined)).toBe(1)
    expect(rank('li', 'Emilie Dahl', undefined)).toBe(2)
    expect(rank('lx', 'Emilie Dahl', undefined)).toBeNull()
  })

  test('every word must be found', () => {
    expect(find('asta dahl', 'Asta Holm', 'Emilie Dahl')).toEqual([])
    expect(find('as ho', 'Asta Holm')).toEqual(['Asta Holm'])
  })

  test('å, aa and a find each other; ø, oe and o, too', () => {
    const names = ['Åse Møller', 'Aase Moeller', 'Ase Moller']
    for (const query of ['åse', 'aase', 'ase', 'møl', 'moel', 'mol']) {
      expect(find(query, ...names).toSorted()).toEqual(names.toSorted())
    }
  })

  test('a hyphen joins two names that are found each', () => {
    expect(find('amin', 'Hannah Al-Amin')).toEqual(['Hannah Al-Amin'])
    expect(find('al-amin', 'Hannah Al-Amin')).toEqual(['Hannah Al-Amin'])
  })

  test('a username finds only while it is known, by its beginning', () => {
    const shown = new Map([['Asta Holm', 'asta2011']])
    const pupils = named('Asta Holm')
    expect(findPupils('asta20', pupils, shown)).toHaveLength(1)
    expect(findPupils('2011', pupils, nobody)).toEqual([])
    expect(findPupils('asta2011', pupils, nobody)).toEqual([])
  })

  test.each(['soer4011', 'aase2012', 'joel2013'])('the username %s is found as it is written', (username) => {
    expect(findPupils(username, named('Elev 31'), new Map([['Elev 31', username]]))).toHaveLength(1)
  })
})
