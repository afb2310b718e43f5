import { measureChosen, type Subjects } from './measuring.ts';
import { firstSecond } from './talk/first-second.ts';
import { importing } from './talk/import.ts';
import { memory } from './talk/memory.ts';
import { opinionsHttp } from './talk/opinions-http.ts';
import { pageFigures } from './talk/pages.ts';
import { script } from './talk/script.ts';
import { search } from './talk/search.ts';

/** Every figure that was promised of a talk, by its id; a word of the command line chooses some. */
const subjects: Subjects = {
	pages: pageFigures,
	'opinions-http': () => opinionsHttp(),
	'first-second': () => firstSecond(),
	import: importing,
	search,
	script,
	memory
};

await measureChosen(subjects);
