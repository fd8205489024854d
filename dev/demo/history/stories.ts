import { backStories } from './back-stories.ts'
import { frontStories } from './front-stories.ts'
import type { Story } from './story.ts'

export const stories: readonly Story[] = [...frontStories, ...backStories]
