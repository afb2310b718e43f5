import { isObstacle } from '#database/obstacle.ts';
import { asked, note } from '#cli/console.ts';
import { verbs } from '#cli/verbs.ts';

const [name = '', ...words] = process.argv.slice(2);

// the parent that installs and builds holds a channel to us: when it is killed, we end as if we were asked to
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();

// whoever read the beginning and went away ("| head") is no failure of ours
process.stdout.on('error', () => {});
process.exitCode = await run();
await Promise.all([process.stdout, process.stderr].map(taken));
// what is left open is nothing that must be finished: every verb awaits its work
process.exit();

/** Until a slow reader took everything that was said: what is still in our memory would end with us. */
function taken(stream: NodeJS.WriteStream): Promise<void> {
	return new Promise((resolve) => {
		if (stream.destroyed) resolve();
		else stream.write('', () => resolve());
	});
}

async function run(): Promise<number> {
	if (name === '' || name === '--help' || name === '-h' || name === 'help') return showVerbs();
	const load = verbs[name];
	if (!load) {
		note(`There is no verb "${name}".\n`);
		await showVerbs();
		return 2;
	}
	const { verb } = await load();
	if (words.includes('--help') || words.includes('-h')) {
		console.log(`open-talks ${name} ${verb.words}`.trimEnd());
		console.log(`\n${verb.summary}`);
		if (verb.help) console.log(`\n${verb.help}`);
		return 0;
	}
	try {
		return await verb.run(words);
	} catch (error) {
		if (isObstacle(error)) note(error.message);
		else if (asked(error)) note(`${error.message}\n\nopen-talks ${name} ${verb.words}`);
		else note(error instanceof Error ? (error.stack ?? error.message) : String(error));
		return asked(error) ? 2 : 1;
	}
}

async function showVerbs(): Promise<number> {
	console.log('open-talks <verb> [--help]\n');
	for (const [verbName, load] of Object.entries(verbs)) console.log(`  ${verbName.padEnd(10)} ${(await load()).verb.summary}`);
	return 0;
}
