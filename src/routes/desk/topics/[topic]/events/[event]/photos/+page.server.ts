import { answering } from '#web/answering.server.ts';
import { photosPage, takeFiling, takePictures, takeThrowing } from '#web/cafes/photos.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => photosPage(event);

export const actions: Actions = {
	pictures: answering(takePictures),
	file: answering(takeFiling),
	'throw-away': answering(takeThrowing)
};
