import { describe, expect, test } from 'vitest'
import { lookInTurn } from '../../src/api/look-in-turn'
import { passTime, seconds, settle } from './time'

const REST = 250

/** Looks whose answers a test gives when it likes. */
function slowLooks() {
  const asked: (string | null)[] = []
  const answers: (() => void)[] = []
  const looks = lookInTurn((what) => {
    asked.push(what)
    return new Promise((resolve) => answers.push(resolve))
  }, REST)
  return {
    ...looks,
    asked,
    async answer() {
      answers.shift()?.()
      await settle()
    },
  }
}

describe('one look at a time', () => {
  test('the first at once', () => {
    const looks = slowLooks()
    looks.want('pupils')
    expect(looks.asked).toEqual(['pupils'])
  })

  test('however many changes come while one is under way, it is let be, and the next one is for them all', async () => {
    const looks = slowLooks()
    looks.want('pupils')
    for (let times = 0; times < 20; times++) {
      looks.want('stepUpRequests')
      await passTime(100)
    }
    expect(looks.asked).toEqual(['pupils'])
    await looks.answer()
    expect(looks.asked).toEqual(['pupils', 'stepUpRequests'])
    await looks.answer()
    await passTime(seconds(1))
    expect(looks.asked).toHaveLength(2)
  })

  test('changes of several kinds, or of any, are one look at everything', async () => {
    const looks = slowLooks()
    looks.want('pupils')
    looks.want('pupils')
    looks.want('stepUpRequests')
    await looks.answer()
    await passTime(REST)
    expect(looks.asked).toEqual(['pupils', null])
  })

  test('quick answers: four looks a second and no more', async () => {
    const looks = slowLooks()
    looks.want(null)
    await looks.answer()
    looks.want(null)
    await passTime(REST - 1)
    expect(looks.asked).toHaveLength(1)
    await passTime(1)
    expect(looks.asked).toHaveLength(2)
  })

  test('no answer at all holds the next one up for 5 seconds', async () => {
    const looks = slowLooks()
    looks.want(null)
    looks.want(null)
    await passTime(seconds(5) - 1)
    expect(looks.asked).toHaveLength(1)
    await passTime(1)
    expect(looks.asked).toHaveLength(2)
  })

  test('a failed look is no end', async () => {
    let tries = 0
    const { want } = lookInTurn(async () => {
      tries += 1
      throw new Error('no connection')
    }, REST)
    want(null)
    want(null)
    await passTime(REST)
    expect(tries).toBe(2)
  })

  test('after the end nothing is asked any more', async () => {
    const looks = slowLooks()
    looks.want(null)
    looks.want(null)
    looks.stop()
    await looks.answer()
    await passTime(seconds(6))
    looks.want(null)
    expect(looks.asked).toHaveLength(1)
  })
})
