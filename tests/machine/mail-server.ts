// Run by outage.test.ts: a mail server in a process of its own, which writes down each message before it says yes.
import { appendFileSync } from 'node:fs';
import { SMTPServer } from 'smtp-server';

const [port, mailbox, manner] = [Number(process.argv[2]), process.argv[3]!, process.argv[4]];
const busy = () => Object.assign(new Error('4.3.2 Not yet'), { responseCode: 451 });

const server = new SMTPServer({
	authOptional: true,
	disabledCommands: ['STARTTLS', 'AUTH'],
	disableReverseLookup: true,
	logger: false,
	onRcptTo: (_address, _session, done) => done(manner === 'busy' ? busy() : null),
	onData(stream, _session, done) {
		const chunks: Buffer[] = [];
		stream.on('data', (chunk: Buffer) => chunks.push(chunk));
		stream.on('end', () => {
			appendFileSync(mailbox, `${JSON.stringify(Buffer.concat(chunks).toString())}\n`);
			// it dies between taking the message and saying so
			if (manner === 'mute') process.exit();
			done();
		});
	}
});
server.on('error', () => {});
server.listen(port, '127.0.0.1', () => console.log('open'));
