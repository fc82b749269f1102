import type { ReactNode } from 'react'
import type { Picture } from './answers'

const line = (x: number, y: number, width: number) => (
  <rect x={x} y={y} width={width} height="6" rx="3" className="screen-line" />
)
const button = <rect x="92" y="112" width="56" height="18" rx="4" className="screen-button" />

const drawn: Record<Picture, ReactNode> = {
  username: (
    <>
      {line(60, 58, 60)}
      <rect x="60" y="72" width="120" height="22" rx="3" className="screen-wrong" />
      {line(68, 80, 48)}
      {button}
    </>
  ),
  password: (
    <>
      {line(60, 58, 52)}
      <rect x="60" y="72" width="120" height="22" rx="3" className="screen-wrong" />
      {[72, 84, 96, 108, 120].map((x) => (
        <circle key={x} cx={x} cy="83" r="3.5" className="screen-dot" />
      ))}
      {button}
    </>
  ),
  pictures: (
    <>
      {[50, 86, 122, 158].map((x) => (
        <rect key={x} x={x} y="56" width="30" height="30" rx="4" className="screen-box" />
      ))}
      <circle cx="65" cy="71" r="9" className="screen-dot" />
      <path d="M92 80l9-17 9 17z" className="screen-dot" />
      <rect x="129" y="63" width="16" height="16" className="screen-dot" />
      <path d="M173 61l9 10-9 10-9-10z" className="screen-dot" />
      {button}
    </>
  ),
  error: (
    <>
      <path d="M120 48l20 34h-40z" className="screen-wrong" />
      <path d="M120 60v10M120 75v2" className="screen-mark" />
      {line(72, 98, 96)}
      {line(86, 112, 68)}
    </>
  ),
  locked: (
    <>
      <rect x="104" y="72" width="32" height="26" rx="3" className="screen-button" />
      <path d="M110 72v-8a10 10 0 0 1 20 0v8" className="screen-mark" />
      {line(72, 112, 96)}
    </>
  ),
  waiting: (
    <>
      <circle cx="120" cy="74" r="20" className="screen-box" />
      <path d="M120 62v12l8 6" className="screen-mark" />
      <rect x="102" y="106" width="16" height="22" rx="3" className="screen-box" />
      <rect x="122" y="106" width="16" height="22" rx="3" className="screen-box" />
    </>
  ),
  address: (
    <>
      <rect x="46" y="17" width="160" height="14" rx="7" className="screen-wrong" />
      {line(60, 58, 60)}
      <rect x="60" y="72" width="120" height="22" rx="3" className="screen-box" />
      {button}
    </>
  ),
}

/** What the person sees, drawn in a few strokes; whatever it means is told in words beside it. */
export function Screen({ picture }: { picture: Picture }) {
  return (
    <svg className="help-screen" viewBox="0 0 240 150" aria-hidden="true" focusable="false">
      <rect x="1" y="1" width="238" height="148" rx="8" className="screen-frame" />
      <path d="M1 38h238" className="screen-edge" />
      {[16, 27, 38].map((x) => (
        <circle key={x} cx={x} cy="24" r="3.5" className="screen-line" />
      ))}
      {picture !== 'address' && <rect x="50" y="18" width="150" height="12" rx="6" className="screen-line" />}
      {drawn[picture]}
    </svg>
  )
}
