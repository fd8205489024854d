const shapes = {
  floor: 'M2 13h12M3 13V6l5-3 5 3v7',
  queue: 'M2 4h12M2 8h12M2 12h8',
  alerts: 'M8 2v7M8 12v1.5',
  monitors: 'M1 9h3l2-5 3 8 2-3h4',
  jobs: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 5v3.2l2.2 1.8',
  chains: 'M1.5 4.5h5M6.5 8h4M10.5 11.5h4M6.5 4.5V8M10.5 8v3.5',
  onCall: 'M4 2l3 3-1.5 2a8 8 0 0 0 3.5 3.5L11 9l3 3-2 2C7 13.5 2.5 9 2 4z',
  services: 'M3 3h4v4H3zM9 9h4v4H9zM7 5h4v4',
  knowledge: 'M4 2.5h8.5v11H4a1.5 1.5 0 0 1 0-3h8.5M2.5 12V4A1.5 1.5 0 0 1 4 2.5',
  people:
    'M6 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM1.5 13.5c0-2.4 2-4 4.5-4s4.5 1.6 4.5 4M10.5 7.3a2.2 2.2 0 0 0 .4-4.3M12.2 9.9c1.4.5 2.3 1.8 2.3 3.6',
  sources: 'M8 2v7M5 6.5l3 3 3-3M2.5 10v3.5h11V10',
  routes: 'M2 8h3.5l4-4.5H14M5.5 8l4 4.5H14M11.5 1l2.5 2.5L11.5 6M11.5 10l2.5 2.5-2.5 2.5',
  settings: 'M2 4.5h7M13 4.5h1M11 2.5v4M2 11.5h1M7 11.5h7M5 9.5v4',
  approvals: 'M2 8.5l3.5 3.5L14 3.5M2 14h12',
  catalogue: 'M3 2.5h10v11H3zM5.5 6h5M5.5 8.5h5M5.5 11h3',
  reports: 'M3.5 13V8.5M8 13V3M12.5 13V6M2 13.5h12',
  reached: 'M4 11.5V7a4 4 0 0 1 8 0v4.5M2.5 11.5h11M6.5 14h3',
  more: 'M3 8h.01M8 8h.01M13 8h.01',
} as const

export type IconName = keyof typeof shapes

/** The signs of the side bar; a word always stands beside or below. */
export const Icon = ({ name, size = 15 }: { name: IconName; size?: number }) => (
  <svg
    viewBox="0 0 16 16"
    width={size}
    height={size}
    fill="none"
    stroke="currentColor"
    strokeWidth={name === 'more' ? 2.4 : 1.6}
    strokeLinecap={name === 'more' ? 'round' : 'butt'}
    aria-hidden="true"
  >
    <path d={shapes[name]} />
  </svg>
)
