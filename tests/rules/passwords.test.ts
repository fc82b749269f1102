import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { demoPasswordHash } from '../../mocks/demo-password-hash'
import { demoPasswordOf, demoPasswords } from '../../mocks/demo-passwords'
import { bigSchoolPlan, demoSchools } from '../../mocks/people'
import { assignPassword, type Draw } from '../../server/passwords/assign'
import { brokenRules, type ChosenRule } from '../../server/passwords/chosen'
import { pictures } from '../../server/passwords/pictures'
import { words } from '../../server/passwords/words'
import { type PasswordPolicy, passwordPolicies } from '../../server/people'
import { policyOf } from '../../server/policy/rules'
import { randomBelow } from '../../server/secrets'
import { NOW, ordinaryPupil } from './ordinary-pupil'

/** Draws by a list of fractions, so that fast-check says what comes. */
const drawingFrom = (fractions: readonly number[]): Draw => {
  let place = 0
  return (limit) => {
    const fraction = fractions[place % fractions.length] ?? 0
    place += 1
    return Math.floor(fraction * limit)
  }
}
const draws = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
  minLength: 4,
  maxLength: 4,
})

const isPicture = (word: string) => pictures.some((id) => id === word)

/** What a class must not read on anybody's screen; inside a word or across two. */
const rude =
  'pik fis fisse kusse luder lort pis tis prut sex fuck fuk shit cock dick porn homo cunt hore nazi hitler jihad isis neger perker idiot knep patte dildo sperm onan anal anus penis kondom mord draeb rumpe numse svans bajs bolle nude nogen bryst balle orgas hash heroin kokain druk vold terror bombe tits boob kill dead damn rape svin voldt doed'.split(
    ' ',
  )

/**
 * Harmless in a dictionary, and not in a class: what teases somebody beside another word (`FedMorfar`), tells of
 * blows, or has a second meaning.
 */
const laughedAt =
  'fed tyk frue kone slag spark knold muffe musling mus mis ost rotte gris ged so ko abe pung roev'.split(' ')

/** What assigned passwords may hold as little as chosen ones. */
const forbidden = [
  ...rude,
  ...'sommer vinter foraar efteraar password kodeord adgang hemmelig fodbold danmark login admin'.split(' '),
]

const names =
  'anna anne asta bo clara emil emma freja frida ida karl laura liam lea liv lone luna maja mads noah oscar otto per rosa sara sofie storm sten thor tor ulla vera viggo viola iris ask pil aya bjarke christian hans jens peter lars mette kirsten'.split(
    ' ',
  )

describe('the words', () => {
  test('are at least 400, each once, of a to z, three to seven letters', () => {
    expect(words.length).toBeGreaterThanOrEqual(400)
    expect(new Set(words).size).toBe(words.length)
    for (const word of words) expect(word).toMatch(/^[a-z]{3,7}$/)
  })

  test('are as many as the docstrings reckon with', () => {
    expect(words).toHaveLength(521)
    expect(Math.log2(521 * 520 * 519).toFixed(1)).toBe('27.1')
    expect(Math.log2(521 * 520 * 100).toFixed(1)).toBe('24.7')
    expect(Math.log2(16 * 15 * 14 * 13).toFixed(1)).toBe('15.4')
  })

  test('none begins with another, so that a compound comes about in one way only', () => {
    const sorted = words.toSorted()
    const first = sorted.filter((word, place) => sorted[place + 1]?.startsWith(word))
    expect(first).toEqual([])
  })

  test('none is a name', () => {
    expect(words.filter((word) => names.includes(word))).toEqual([])
  })

  test('none is harmless only where nobody laughs', () => {
    expect(words.filter((word) => laughedAt.includes(word))).toEqual([])
  })

  test('nothing to laugh at, alone or side by side', () => {
    const trace = new RegExp(forbidden.join('|'))
    const found: string[] = []
    for (const one of words) {
      for (const other of words) if (trace.test(one + other)) found.push(`${one} ${other}`)
    }
    expect(found).toEqual([])
    // Nor across three: no word lies in the middle of anything forbidden.
    const inside = forbidden.filter((each) => words.some((word) => each.slice(1, -1).includes(word)))
    expect(inside).toEqual([])
  })
})

describe('an assigned password', () => {
  test('indskoling: four different pictures of the sixteen, in order', () => {
    expect(pictures).toHaveLength(16)
    fc.assert(
      fc.property(draws, (fractions) => {
        const picked = assignPassword('indskoling', drawingFrom(fractions)).split(' ')
        expect(picked).toHaveLength(4)
        expect(new Set(picked).size).toBe(4)
        expect(picked.every(isPicture)).toBe(true)
      }),
    )
  })

  test('mellemtrin: three words written together, lower case, 8 to 24 letters', () => {
    fc.assert(
      fc.property(draws, (fractions) => {
        expect(assignPassword('mellemtrin', drawingFrom(fractions))).toMatch(/^[a-z]{9,21}$/)
      }),
    )
  })

  test('udskoling: two words that begin with a capital, and two digits', () => {
    fc.assert(
      fc.property(draws, (fractions) => {
        const password = assignPassword('udskoling', drawingFrom(fractions))
        expect(password).toMatch(/^[A-Z][a-z]{2,6}[A-Z][a-z]{2,6}[0-9]{2}$/)
        expect(password.length).toBeGreaterThanOrEqual(8)
        expect(password.length).toBeLessThanOrEqual(24)
      }),
    )
  })

  test.each(['mellemtrin', 'udskoling'] as const)(
    '%s: breaks none of the rules for chosen ones',
    (policy) => {
      const nobody = { name: 'Q Q', alias: null, username: 'qqqq0000' }
      fc.assert(
        fc.property(draws, (fractions) => {
          expect(brokenRules(assignPassword(policy, drawingFrom(fractions)), nobody, policy)).toEqual([])
        }),
        { numRuns: 2000 },
      )
    },
  )

  /** How often each of the first pictures, words or digits comes: none far from its share. */
  function expectEven(counts: ReadonlyMap<string, number>, kinds: number, drawn: number) {
    expect(counts.size).toBe(kinds)
    const share = drawn / kinds
    const distance = [...counts.values()].reduce((sum, count) => sum + (count - share) ** 2 / share, 0)
    // Chi squared: six standard deviations, so that chance alone fails this about once in a hundred million runs.
    expect(distance).toBeLessThan(kinds - 1 + 6 * Math.sqrt(2 * (kinds - 1)))
  }

  const countBy = (items: readonly string[]) => {
    const counts = new Map<string, number>()
    for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1)
    return counts
  }

  test('every picture is as likely in every place', () => {
    const all = Array.from({ length: 8000 }, () => assignPassword('indskoling').split(' '))
    for (const place of [0, 1, 2, 3]) {
      expectEven(countBy(all.map((picked) => picked[place] ?? '')), 16, all.length)
    }
  })

  test('every word and digit is as likely in every place', () => {
    const all = Array.from({ length: 20_000 }, () => assignPassword('udskoling'))
    for (const pattern of [/^[A-Z][a-z]+/, /(?<=[a-z])[A-Z][a-z]+/]) {
      expectEven(countBy(all.map((password) => pattern.exec(password)?.[0] ?? '')), words.length, all.length)
    }
    for (const place of [-2, -1])
      expectEven(countBy(all.map((password) => password.at(place) ?? '')), 10, all.length)
  })

  test('the whole range is drawn from: the first and the last of each', () => {
    const last = () => drawingFrom([1 - Number.EPSILON])
    expect(assignPassword('mellemtrin', last())).toBe(words.slice(-3).toReversed().join(''))
    expect(assignPassword('mellemtrin', drawingFrom([0]))).toBe(words.slice(0, 3).join(''))
    expect(assignPassword('indskoling', last())).toBe('hat bike star apple')
    expect(assignPassword('udskoling', last())).toMatch(/99$/)
  })
})

describe('the source of chance', () => {
  test('stays below its limit and reaches every number', () => {
    for (const limit of [1, 2, 3, 10, 521]) {
      const drawn = new Set(Array.from({ length: limit * 40 }, () => randomBelow(limit)))
      expect(Math.max(...drawn)).toBe(limit - 1)
      expect(Math.min(...drawn)).toBe(0)
      expect(drawn.size).toBe(limit)
    }
  })

  test('throws away what would make the first numbers likelier', () => {
    const three = 2 ** 32 - (2 ** 32 % 3)
    const coming = [three, 2 ** 32 - 1, three - 1]
    const real = crypto.getRandomValues.bind(crypto)
    crypto.getRandomValues = (array) => {
      if (array instanceof Uint32Array) array[0] = coming.shift() ?? 0
      return array
    }
    try {
      expect(randomBelow(3)).toBe(2)
      expect(coming).toEqual([])
    } finally {
      crypto.getRandomValues = real
    }
  })
})

describe('a chosen password', () => {
  const pupil = ordinaryPupil({ name: 'Åse Kjær-Øby', alias: 'Elev 31', username: 'asex4821' })
  const broken = (password: string, policy: PasswordPolicy = 'mellemtrin') =>
    brokenRules(password, pupil, policy)

  test.each<[string, ChosenRule[]]>([
    ['regnbue', ['too_short']],
    ['regnbuer', []],
    ['regnbuer-regnbuer-regnbu', []],
    ['regnbuer-regnbuer-regnbue', ['too_long']],
    ['🌈🌈🌈🌈🌈🌈🌈', ['too_short', 'too_simple']],
    ['rod gul gron', []],
    [' regnbuer', ['odd_characters']],
    ['regnbuer\n', ['odd_characters']],
    ['regn\u0000buer', ['odd_characters']],
    ['regn\u202Ebuer', ['odd_characters']],
    ['aaaaaaaa', ['too_simple']],
    ['abcabcab', ['too_simple']],
    ['aabbccdd', []],
    ['min-aase-er-sej', ['holds_name']],
    ['MINÅSEERSEJ', ['holds_name']],
    ['A\u030Aseersejt', ['holds_name']],
    ['kjaerkjaer', ['holds_name']],
    ['minoebyer', ['holds_name']],
    ['kat-elev-kat', ['holds_name']],
    ['xasex4821x', ['holds_username']],
    ['sommerkat', ['holds_season']],
    ['SOMMERkat', ['holds_season']],
    ['katforår', ['holds_season']],
    ['efteraarskat', ['holds_season']],
    ['mywinterkat', ['holds_season']],
    ['minadgangskode', ['too_common']],
    ['kat12345', ['too_common']],
    ['Password!', ['too_common']],
    ['sommer12345', ['holds_season', 'too_common']],
  ])('%j breaks %j', (password, rules) => {
    expect(broken(password)).toEqual(rules)
  })

  test.each<[string, ChosenRule[]]>([
    ['SneglBord42', []],
    ['sneglbord42', ['needs_upper_case']],
    ['SNEGLBORD42', ['needs_lower_case']],
    ['SneglBord4', ['needs_digits']],
    ['SneglBord', ['needs_digits']],
    ['4SneglBord2', []],
    ['Ågab-rø-27', []],
  ])('of udskoling %j breaks %j', (password, rules) => {
    expect(broken(password, 'udskoling')).toEqual(rules)
  })

  test('short parts of a name are in too many words to count', () => {
    const bo = ordinaryPupil({ name: 'Bo Li', username: 'boli1234' })
    expect(brokenRules('boliglinje', bo, 'mellemtrin')).toEqual([])
  })

  test('whatever is typed, it is judged, and each rule is named once', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        fc.constantFrom(...passwordPolicies),
        (typed, policy) => {
          const rules = brokenRules(typed, pupil, policy)
          expect(new Set(rules).size).toBe(rules.length)
          const length = [...typed].length
          expect(rules.includes('too_short')).toBe(length < 8)
          expect(rules.includes('too_long')).toBe(length > 24)
        },
      ),
    )
  })
})

describe("the demo's passwords", () => {
  test.each(Object.entries(demoPasswords))(
    'of %s: the hash is of the password',
    async (_, { password, hash }) => {
      expect(await demoPasswordHash.matches(password, hash)).toBe(true)
      expect(await demoPasswordHash.matches(`${password} `, hash)).toBe(false)
      expect(await demoPasswordHash.matches(password, null)).toBe(false)
    },
  )

  test('a hash is salted, and of its own password only', async () => {
    const [one, two] = await Promise.all([demoPasswordHash.hash('kat'), demoPasswordHash.hash('kat')])
    expect(one).not.toBe(two)
    expect(await demoPasswordHash.matches('kat', one)).toBe(true)
    expect(await demoPasswordHash.matches('Kat', one)).toBe(false)
  })

  test('follow the policy of each pupil; who moved up has the one from before', () => {
    const school = demoSchools(NOW)
    const of = (username: string) => demoPasswordOf(username, school)
    expect(of('asta2011')).toBe('sun cat boat apple')
    expect(of('frej4011')).toBe('sun cat boat apple')
    expect(of('gust4012')).toBe('sun cat boat apple')
    expect(of('hann8011')).toBe('SneglBord42')
    expect(of('dict2014')).toBeNull()
    expect(of('carl2013')).toBeNull()
    expect(of('nobody00')).toBeNull()
    for (const pupil of school.pupils) {
      const [password, ...more] = school.passwords.filter(({ pupilId }) => pupilId === pupil.id)
      expect(more).toEqual([])
      if (password && pupil.movedUpAt === null) expect(password.policy).toBe(policyOf(pupil))
      expect(password?.setAt ?? null).toBe(pupil.signInKind === 'local' ? null : pupil.passwordSetAt)
    }
  })

  test('cost a school of 1,500 next to nothing', () => {
    demoSchools(NOW, [bigSchoolPlan])
    const began = performance.now()
    expect(demoSchools(NOW, [bigSchoolPlan]).passwords.length).toBeGreaterThan(1400)
    expect(performance.now() - began).toBeLessThan(200)
  })
})
