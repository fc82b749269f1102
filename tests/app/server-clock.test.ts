import { act, renderHook } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { toIso } from '../../server/time'
import {
  followClock,
  noteServerTime,
  serverNow,
  useHasPassed,
  useSecondsSince,
  useSecondsUntil,
} from '../../src/api/server-clock'
import { MORNING, minutes, passTime, seconds } from './time'

const at = (ahead: number) => toIso(MORNING + ahead)

describe('the server’s clock in the page', () => {
  test('goes on from what the server has told, whatever the computer’s own clock says', async () => {
    noteServerTime(at(minutes(3)))
    expect(serverNow()).toBe(MORNING + minutes(3))
    await passTime(seconds(10))
    expect(serverNow()).toBe(MORNING + minutes(3) + seconds(10))
    vi.setSystemTime(MORNING - minutes(60))
    expect(serverNow()).toBe(MORNING + minutes(3) + seconds(10))
  })

  test('is put right by every later answer', async () => {
    noteServerTime(at(0))
    await passTime(seconds(5))
    noteServerTime(at(seconds(7)))
    expect(serverNow()).toBe(MORNING + seconds(7))
  })

  test('counts whole seconds until a moment, rounded up, and never below 0', async () => {
    noteServerTime(at(0))
    expect(renderHook(() => useSecondsUntil(at(seconds(2.5)))).result.current).toBe(3)
    const { result } = renderHook(() => useSecondsUntil(at(seconds(3))))
    expect(result.current).toBe(3)
    await passTime(seconds(1) - 1)
    expect(result.current).toBe(3)
    await passTime(1)
    expect(result.current).toBe(2)
    await passTime(seconds(2))
    expect(result.current).toBe(0)
    await passTime(seconds(5))
    expect(result.current).toBe(0)
  })

  test('counts whole seconds since a moment, rounded down, and never below 0', async () => {
    noteServerTime(at(0))
    expect(renderHook(() => useSecondsSince(at(seconds(-2.5)))).result.current).toBe(2)
    const { result } = renderHook(() => useSecondsSince(at(seconds(2))))
    expect(result.current).toBe(0)
    await passTime(seconds(2))
    expect(result.current).toBe(0)
    await passTime(seconds(1))
    expect(result.current).toBe(1)
  })

  test('knows whether a moment has passed, on both sides of it', async () => {
    noteServerTime(at(0))
    const { result } = renderHook(() => useHasPassed(at(seconds(2))))
    await passTime(seconds(2) - 1)
    expect(result.current).toBe(false)
    await passTime(1)
    expect(result.current).toBe(true)
  })

  test('repaints only what shows something else', async () => {
    noteServerTime(at(0))
    let drawn = 0
    renderHook(() => {
      drawn += 1
      return useHasPassed(at(seconds(100)))
    })
    const before = drawn
    await passTime(seconds(30))
    expect(drawn).toBe(before)
  })

  describe('where it is the demo’s', () => {
    afterEach(() => followClock({ now: MORNING, speed: 1 }))

    test('is followed at once when it is moved', () => {
      noteServerTime(at(0))
      const { result } = renderHook(() => useSecondsUntil(at(minutes(5))))
      act(() => followClock({ now: MORNING + minutes(4), speed: 1 }))
      expect(result.current).toBe(60)
    })

    test('runs fast or stands still, whatever an answer tells in between', async () => {
      followClock({ now: MORNING, speed: 60 })
      const { result } = renderHook(() => useSecondsUntil(at(minutes(5))))
      await passTime(seconds(2))
      expect(result.current).toBe(180)
      noteServerTime(at(minutes(2)))
      await passTime(seconds(1))
      expect(result.current).toBe(120)
      act(() => followClock({ now: MORNING + minutes(3), speed: 0 }))
      await passTime(minutes(1))
      expect(result.current).toBe(120)
    })
  })

  test('ticks once a second however many look at it, and not at all when nobody does', () => {
    const none = vi.getTimerCount()
    const first = renderHook(() => useSecondsUntil(at(seconds(100))))
    const second = renderHook(() => useSecondsUntil(at(seconds(200))))
    expect(vi.getTimerCount()).toBe(none + 1)
    act(() => first.unmount())
    expect(vi.getTimerCount()).toBe(none + 1)
    act(() => second.unmount())
    expect(vi.getTimerCount()).toBe(none)
  })
})
