import { measureChosen, type Subjects } from './measuring.ts';
import { chatham } from './rooms/chatham.ts';
import { hall } from './rooms/hall.ts';
import { offline } from './rooms/offline.ts';
import { seatThousand } from './rooms/large.ts';
import { listening } from './rooms/listening.ts';
import { reseating } from './rooms/reseating.ts';
import { seating } from './rooms/seating.ts';

/** Every figure that was promised of rooms, by its id; a word of the command line chooses some. */
const subjects: Subjects = {
	seating,
	'seat-again': reseating,
	'seat-1000': seatThousand,
	hall,
	offline,
	chatham,
	listening
};

await measureChosen(subjects);
