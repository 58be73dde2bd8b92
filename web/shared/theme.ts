import { createTheme, type MantineColorsTuple } from '@mantine/core'

/** Vault green: from paper tint to ink. */
const green: MantineColorsTuple = [
  '#e9f5f0',
  '#d3e8df',
  '#a6d2c1',
  '#75bba1',
  '#4ea687',
  '#34976f',
  '#1f7f5c',
  '#14664a',
  '#0f4a38',
  '#0c2f27',
]

/** The warm accent: income, attention, the clasp of the chest. */
const amber: MantineColorsTuple = [
  '#fdf5e4',
  '#f9e8c4',
  '#f3d28b',
  '#edbb55',
  '#e6a93c',
  '#d6942a',
  '#b97a1c',
  '#935f14',
  '#6f480f',
  '#4c310a',
]

const brick: MantineColorsTuple = [
  '#fceeeb',
  '#f7dad4',
  '#efb3a8',
  '#e68a79',
  '#df6852',
  '#cf4c36',
  '#b43d29',
  '#92301f',
  '#6f2418',
  '#4b180f',
]

/** Ink of the console's night. */
const dark: MantineColorsTuple = [
  '#dfe9e5',
  '#b4c4be',
  '#8ea39b',
  '#5f776e',
  '#33493f',
  '#263a32',
  '#182722',
  '#101b17',
  '#0a1311',
  '#060c0a',
]

export const font =
  "'Inter Variable', system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', " +
  "'Noto Sans CJK SC', sans-serif"

export const theme = createTheme({
  primaryColor: 'green',
  primaryShade: { light: 8, dark: 5 },
  colors: { green, amber, brick, dark },
  fontFamily: font,
  headings: { fontFamily: font, fontWeight: '640' },
  defaultRadius: 'md',
  radius: { xs: '6px', sm: '8px', md: '12px', lg: '18px', xl: '26px' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
})
