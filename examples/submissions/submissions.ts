import { binhai } from './binhai.ts';
import { islands } from './islands.ts';
import { kraj } from './kraj.ts';
import { ministere } from './ministere.ts';
import { northlight } from './northlight.ts';
import { openDoors } from './open-doors.ts';
import { redSur } from './red-sur.ts';
import { wasl } from './wasl.ts';
import type { ExampleSubmission } from './submission.ts';

/** The longer texts of the examples, in the order in which they came. */
export const submissions: readonly ExampleSubmission[] = [openDoors, northlight, islands, ministere, redSur, kraj, wasl, binhai];
