// The pinned pixel: whoever pins one, the pixel view or a chapter, tells the others.

import { createChannel } from "./channel.js";

/** @type {ReturnType<typeof createChannel<{index: number | null}>>} Null where none is pinned. */
export const pinnedPixel = createChannel();
