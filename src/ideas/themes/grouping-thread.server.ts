import { parentPort, workerData } from 'node:worker_threads';
import { themesOf } from '#engines/likeness/themes.ts';
import { textsOf, type ComparableIdea } from '#ideas/comparable.server.ts';
import type { FromThread } from '#ideas/themes/grouping.server.ts';

// the thread that grouping.server.ts starts: the ideas of one topic, one answer

/** Any would do, as long as it stays. */
const seed = 1;

const tell = (message: FromThread) => parentPort?.postMessage(message);
tell({ answer: themesOf(textsOf(workerData as readonly ComparableIdea[]), seed, (share) => tell({ share })) });
