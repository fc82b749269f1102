/** A time of day in Denmark. */
export interface TimeOfDay {
  hour: number
  minute: number
}

/** When the telephone is answered on one day of the week. */
export interface Hours {
  opens: TimeOfDay
  closes: TimeOfDay
}

export interface SupportSettings {
  /** As it is shown; what a telephone dials is its digits. */
  phone: string
  /** From Sunday to Saturday; null: closed. */
  week: readonly [
    Hours | null,
    Hours | null,
    Hours | null,
    Hours | null,
    Hours | null,
    Hours | null,
    Hours | null,
  ]
  /** Closed every year though it is no public holiday: month and day, such as `12-24`. */
  alsoClosed: readonly string[]
  /** A page to write to them from; null where there is none. */
  writeTo: string | null
  /** Where Unilogin's own operating status is told; null where nobody has named it. */
  operatingStatus: string | null
}

export interface HelpSettings {
  support: SupportSettings
  /** The public body that answers for this site by law; null until one runs it. */
  organisation: { name: string; email: string; phone: string } | null
}

const day = (opens: number, closes: number): Hours => ({
  opens: { hour: opens, minute: 0 },
  closes: { hour: closes, minute: 0 },
})

/**
 * What a municipality puts its own in place of: number, hours, links. As given here they are those of the agency that
 * runs Unilogin. [source document 004]
 */
export const settings: HelpSettings = {
  support: {
    phone: '35 87 85 50',
    week: [null, day(8, 16), day(8, 16), day(8, 16), day(8, 16), day(8, 14), null],
    alsoClosed: ['06-05', '12-24', '12-31'],
    writeTo: null,
    operatingStatus: null,
  },
  organisation: null,
}
