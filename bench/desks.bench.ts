import { exporting } from './desks/export.ts';
import { importLarge } from './desks/import-large.ts';
import { mailIn } from './desks/mail-in.ts';
import { notices } from './desks/notices.ts';
import { overview } from './desks/overview.ts';
import { queue } from './desks/queue.ts';
import { sheet } from './desks/sheet.ts';
import { thread } from './desks/thread.ts';
import { measureChosen, type Subjects } from './measuring.ts';

/** Every figure that was promised of the desks, by its id; a word of the command line chooses some. */
const subjects: Subjects = {
	export: exporting,
	'import-large': importLarge,
	'mail-in': mailIn,
	notices,
	overview,
	queue,
	sheet,
	thread
};

await measureChosen(subjects);
