import type { Random } from './random.ts'

const words = {
  ric: [
    'VOD.L',
    'BARC.L',
    'AAPL.O',
    'SIEGn.DE',
    '7203.T',
    'HSBA.L',
    'TTEF.PA',
    'MSFT.O',
    '6758.T',
    'SHEL.L',
    'NESN.S',
    'JPM.N',
  ],
  bank: [
    'Northgate Bank',
    'Banque du Lac',
    'Meridian Capital',
    'Kanto Trust',
    'Stadtbank',
    'Hudson Prime',
    'Alder Asset Management',
    'Corvus Fund',
  ],
  ccy: ['USD', 'GBP', 'JPY', 'CHF', 'SEK', 'NOK'],
  month: ['December', 'March', 'June', 'September'],
  session: ['XLON-01', 'XPAR-02', 'XNYS-01', 'XTKS-01', 'CLIENT-NORTHGATE', 'EBS-01'],
  host: ['prdbat01', 'prdbat02', 'prdref02', 'portal-01', 'mq-01', 'ldn-eqd-01', 'nyc-orders-01', 'tk-risk-01'],
  tool: ['Tableau Desktop', 'DBeaver', 'Python 3.14', 'KeePassXC', 'Notepad++', 'R Studio'],
  book: ['repo', 'cash', 'rates', 'FX options'],
} as const

/** Fills the holes of one telling: the same hole means the same thing throughout. */
export const filler = (random: Random, time: string) => {
  const two = (list: readonly string[]): [string, string] => {
    const first = random.pick(list)
    return [first, random.pick(list.filter((w) => w !== first))]
  }
  const [ric, ric2] = two(words.ric)
  const account = () => String(random.whole(400_000, 499_999))
  const holes: Record<string, string> = {
    ric,
    ric2,
    time,
    acct: account(),
    acct2: account(),
    order: `O-${random.whole(100_000, 999_999)}`,
    trade: `T${random.whole(10_000_000, 99_999_999)}`,
    num: String(random.whole(120, 990)),
    n1: String(random.whole(1, 4)),
    n2: String(random.whole(2, 29)),
    n9: String(random.whole(86, 97)),
    ...Object.fromEntries(
      (['bank', 'ccy', 'month', 'session', 'host', 'tool', 'book'] as const).map((k) => [k, random.pick(words[k])]),
    ),
  }
  return (text: string): string => text.replace(/\{(\w+)\}/g, (all, hole: string) => holes[hole] ?? all)
}
