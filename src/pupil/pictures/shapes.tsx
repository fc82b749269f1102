import type { ReactNode } from 'react'
import type { PictureId } from '../../../server/passwords/pictures'

/**
 * The sixteen pictures of a password, drawn by us on a square of 64. Each has an outline of its own, so that none is
 * told from another by colour. Areas have a `fill`; what is drawn in ink has the class `ink` or only the outline.
 */
export const shapes: Readonly<Record<PictureId, ReactNode>> = {
  moon: <path fill="#ffd75e" d="M40 7A25.5 25.5 0 1 0 57 40 20 20 0 0 1 40 7Z" />,
  sun: (
    <>
      <circle fill="#ffd75e" cx="32" cy="32" r="12.5" />
      <path
        fill="none"
        strokeWidth="4"
        d="M32 5v8M32 51v8M5 32h8M51 32h8M13 13l5.5 5.5M45.5 45.5 51 51M51 13l-5.5 5.5M18.5 45.5 13 51"
      />
    </>
  ),
  cat: (
    <>
      <path fill="#f6b26b" d="M13 8l11 9q8-2.5 16 0l11-9v26c0 13-8 21-19 21s-19-8-19-21Z" />
      <circle className="ink" cx="24" cy="32" r="2.5" />
      <circle className="ink" cx="40" cy="32" r="2.5" />
      <path className="ink" d="M28.5 38.5h7L32 42.5Z" />
      <path
        fill="none"
        d="M32 42.5v2q-3.5 4-7 1M32 44.5q3.5 4 7 1M3 36l13 2.5M3 46l13-2.5M61 36l-13 2.5M61 46l-13-2.5"
      />
    </>
  ),
  dog: (
    <>
      <path fill="#e8d3b0" d="M16 24c0-9 7-15 16-15s16 6 16 15v14c0 11-7 18-16 18s-16-7-16-18Z" />
      <path
        fill="#9a6a42"
        d="M19 12C9 10 4 18 5 30c1 8 3 13 7 12 5-2 5-14 7-30ZM45 12c10-2 15 6 14 18-1 8-3 13-7 12-5-2-5-14-7-30Z"
      />
      <circle className="ink" cx="26" cy="26" r="2.5" />
      <circle className="ink" cx="38" cy="26" r="2.5" />
      <path className="ink" d="M26.5 35h11q0 6-5.5 6t-5.5-6Z" />
      <path fill="#f28b9b" d="M28 46h8v5q0 5-4 5t-4-5Z" />
      <path fill="none" d="M32 41v5M24 44q4 4 8 2 4 2 8-2" />
    </>
  ),
  fish: (
    <>
      <path fill="#6fc3df" d="M5 32q12-18 28-16 9 1 15 10l11-10v32L48 38q-6 9-15 10Q17 50 5 32Z" />
      <circle className="ink" cx="17" cy="29" r="2.5" />
      <path fill="none" d="M27 22q6 10 0 20M35 27q4 5 0 10" />
    </>
  ),
  bird: (
    <>
      <path fill="none" strokeWidth="3" d="M29 50v8M37 50v8M25 58h7M34 58h7" />
      <path fill="#7fb3f0" d="M15 21a11 11 0 0 1 22-1q1 6 8 8l15-4q-3 26-25 27-20 0-20-20Z" />
      <path fill="#ffb347" d="M15 17 4 22l11 5Z" />
      <path fill="#c9defa" d="M27 32q12-1 20 3-5 10-13 9-7-2-7-12Z" />
      <circle className="ink" cx="23" cy="20" r="2.5" />
    </>
  ),
  tree: (
    <>
      <path fill="#9a6a42" d="M27 38h10l2 20H25Z" />
      <path
        fill="#7cc47f"
        d="M32 5c8 0 13 4 14 10 7 1 12 6 12 13 0 8-6 13-14 13H20C12 41 6 36 6 28c0-7 5-12 12-13C19 9 24 5 32 5Z"
      />
      <path fill="none" d="M22 24q2-5 7-5M38 31q4-1 5-5" />
    </>
  ),
  flower: (
    <>
      <path fill="none" strokeWidth="3" d="M32 36v23" />
      <path fill="#7cc47f" d="M32 56q0-11 14-12-1 12-14 12ZM32 56q0-9-13-10 1 10 13 10Z" />
      <g fill="#f5a3c7">
        <circle cx="32" cy="11" r="7" />
        <circle cx="43" cy="18.5" r="7" />
        <circle cx="39.5" cy="31" r="7" />
        <circle cx="24.5" cy="31" r="7" />
        <circle cx="21" cy="18.5" r="7" />
      </g>
      <circle fill="#ffd75e" cx="32" cy="22" r="6.5" />
    </>
  ),
  house: (
    <>
      <path fill="#fff1d6" d="M12 28h40v30H12Z" />
      <path fill="#e0725f" d="M32 6 4 31h56Z" />
      <path fill="#9a6a42" d="M36 40h10v18H36Z" />
      <path fill="#bfe3f2" d="M18 38h11v11H18Z" />
      <path fill="none" d="M23.5 38v11M18 43.5h11" />
    </>
  ),
  car: (
    <>
      <path fill="#e0725f" d="M4 47V35q0-4 4-5l8-1 7-11q1-2 4-2h14q3 0 4 2l8 11 5 1q4 1 4 5v12Z" />
      <path fill="#d6edf7" d="M21 29l5-8h5v8ZM35 21h5l6 8H35Z" />
      <circle fill="#5b6470" cx="17" cy="47" r="7" />
      <circle fill="#5b6470" cx="47" cy="47" r="7" />
      <path fill="none" d="M28 37h7" />
    </>
  ),
  boat: (
    <>
      <path fill="none" strokeWidth="3" d="M32 5v40" />
      <path fill="#fff1d6" d="M36 9q18 14 19 29H36Z" />
      <path fill="#f6b26b" d="M28 17v21H11q4-13 17-21Z" />
      <path fill="#9a6a42" d="M5 44h54q-4 14-14 14H19Q9 58 5 44Z" />
    </>
  ),
  ball: (
    <>
      <circle fill="#fff1d6" cx="32" cy="32" r="26" />
      <path fill="#e0725f" d="M32 6q-14 10-14 26t14 26q14-10 14-26T32 6Z" />
      <path fill="#6fc3df" d="M6.5 27q25 10 51 0v10q-26 10-51 0Z" />
    </>
  ),
  apple: (
    <>
      <path
        fill="#e0725f"
        d="M32 20c-6-5-13-5-18-1-7 6-7 18-1 28 5 9 11 13 19 9 8 4 14 0 19-9 6-10 6-22-1-28-5-4-12-4-18 1Z"
      />
      <path fill="none" strokeWidth="3" d="M32 20q0-8-3-13" />
      <path fill="#7cc47f" d="M33 14Q37 4 50 6q-3 11-17 8Z" />
    </>
  ),
  star: (
    <path
      fill="#ffd75e"
      d="M32 5l8.2 17.2 18.8 2.5-13.8 13 3.4 18.8L32 47.3 15.4 56.5l3.4-18.8L5 24.7l18.8-2.5Z"
    />
  ),
  bike: (
    <>
      <circle fill="none" cx="15" cy="42" r="11.5" />
      <circle fill="none" cx="49" cy="42" r="11.5" />
      <path
        fill="none"
        strokeWidth="3"
        d="M15 42l9-17h18l7 17M24 25l7 17h-16M31 42l11-17-3-9h7M19 20h9M24 25l-2-5"
      />
      <circle className="ink" cx="31" cy="42" r="3" />
    </>
  ),
  hat: (
    <>
      <path fill="#b79ad6" d="M17 44V18q0-7 8-7 4 0 7 3 3-3 7-3 8 0 8 7v26Z" />
      <path fill="#5b4a78" d="M17 34h30v10H17Z" />
      <path fill="#b79ad6" d="M4 44q28-5 56 0 1 9-28 9T4 44Z" />
    </>
  ),
}
