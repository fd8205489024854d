import type { RequestIcon as Name } from '../../../contract/requests/words.ts'

const shapes: Record<Name, string> = {
  access: 'M10.5 6.5a3 3 0 1 0-2.6 2.97L6.5 11H5v1.5H3.5V14H2v-2l4.6-4.6',
  software: 'M2 3h12v9H2zM2 6h12M5 14h6',
  report: 'M4 2h6l3 3v9H4zM6.5 8h4M6.5 11h4',
  data: 'M2 13V9M6 13V4M10 13V7M14 13V2',
  person: 'M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8zM2.5 14c0-2.8 2.4-4.5 5.5-4.5s5.5 1.7 5.5 4.5',
  hardware: 'M2 3h12v8H2zM5.5 13.5h5M8 11v2.5',
  network: 'M8 2v4M3 14v-3.5h10V14M8 6v4.5M6 2h4v3H6z',
  other: 'M8 2.5v11M2.5 8h11',
}

/** The sign of a request type; its name always stands beside it. */
export const RequestIcon = ({ name }: { name: Name }) => (
  <svg
    viewBox="0 0 16 16"
    width={16}
    height={16}
    fill="none"
    stroke="currentColor"
    strokeWidth={1.5}
    aria-hidden="true"
  >
    <path d={shapes[name]} />
  </svg>
)
