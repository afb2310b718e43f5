// One of several web processes; WEB_PROCESSES says how many.
import { endsWithParent } from '#jobs/child.server.ts';
import { openDatabase } from '#database/opening.server.ts';
import { readSettings } from '#database/settings.server.ts';
import { serve } from '../../server.ts';

const settings = readSettings();
const database = await openDatabase(settings, 'verb', 20);
const serving = await serve(settings, database);
endsWithParent(async () => {
	await serving.stop();
	await database.close();
});
process.send?.({ serving: serving.address });
