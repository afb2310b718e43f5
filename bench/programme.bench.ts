import { measureChosen, type Subjects } from './measuring.ts';
import { cosplib, cosplibFile } from './programme/cosplib.ts';
import { known } from './programme/known.ts';
import { mixed } from './programme/mixed.ts';
import { roomLost } from './programme/room-lost.ts';
import { hours, full } from './programme/timetable.ts';

/** Every figure that was promised of the programme, by its id; a word of the command line chooses some. */
const subjects: Subjects = {
	known,
	timetable: hours,
	'timetable-full': full,
	'timetable-mixed': mixed,
	cosplib,
	'room-lost': roomLost
};

// --cosplib <file.json> --optimum <n>: any instance of that shape
if (process.argv.includes('--cosplib')) cosplibFile(process.argv);
else await measureChosen(subjects);
