// What no front may take for a request, a body or a path.
//
//	brokenBodies   [code, what, body]     JSON that is none (H4)
//	strayPaths     [path]                 out of the pages (H7)
//	malformed      [what, bytes, fronts]  on the wire (H1); `fronts` are those
//	                                      that may serve it all the same, for
//	                                      they drop or mend what is wrong

export const brokenBodies = [
	['invalid-utf8', 'a byte that is no UTF-8',
		Buffer.concat([Buffer.from('{"login":"'), Buffer.from([0xff]),
			Buffer.from('","password":"x"}')])],
	['invalid-utf8', 'an overlong slash',
		Buffer.concat([Buffer.from('{"login":"'), Buffer.from([0xc0, 0xaf]),
			Buffer.from('","password":"x"}')])],
	['invalid-utf8', 'an encoded surrogate',
		Buffer.concat([Buffer.from('{"login":"'),
			Buffer.from([0xed, 0xa0, 0x80]),
			Buffer.from('","password":"x"}')])],
	['invalid-utf8', 'a lone surrogate escaped',
		'{"login":"\\ud800","password":"x"}'],
	['invalid-utf8', 'a low surrogate first',
		'{"login":"\\udc00\\ud800","password":"x"}'],
	['invalid-utf8', 'an escaped NUL', '{"login":"a\\u0000b","password":"x"}'],
	['invalid-utf8', 'a raw NUL', '{"login":"a\0b","password":"x"}'],
	['duplicate-key', 'one key twice',
		'{"login":"a","login":"b","password":"x"}'],
	['invalid-json', 'bytes after the value', '{"login":"a","password":"x"}x'],
	['invalid-json', 'two values', '{"login":"a","password":"x"}{}'],
	['invalid-json', 'a byte order mark', '\ufeff{"login":"a","password":"x"}'],
	['invalid-json', 'a comment', '{"login":"a",/* b */"password":"x"}'],
	['invalid-json', 'a trailing comma', '{"login":"a","password":"x",}'],
	['invalid-json', 'single quotes', "{'login':'a','password':'x'}"],
	['invalid-json', 'an array at the top', '[1]'],
	['invalid-json', 'nothing', ''],
	['invalid-json', 'an exponent', '{"login":1e999,"password":"x"}'],
	['invalid-json', '2^53+1', '{"login":9007199254740993,"password":"x"}'],
	['invalid-json', '400 digits',
		`{"login":${'9'.repeat(400)},"password":"x"}`],
	['invalid-json', 'NaN', '{"login":NaN,"password":"x"}'],
	['invalid-json', 'depth 17',
		`{"login":${'['.repeat(17)}${']'.repeat(17)},"password":"x"}`],
	['invalid-json', 'depth 7,000',
		`{"login":${'['.repeat(7000)}${']'.repeat(7000)},"password":"x"}`],
	['invalid-json', '65 keys', `{${Array.from({ length: 65 },
		(_, i) => `"k${i}":1`).join(',')}}`],
	['invalid-json', 'a newline in a string', '{"login":"a\nb","password":"x"}'],
	['invalid-json', 'a truncated escape', '{"login":"\\u12","password":"x"}'],
	['invalid-json', 'half an object', '{"login":"a"'],
];

export const strayPaths = ['/../conf/kore.conf', '/..%2fconf%2fkore.conf',
	'/js/../../conf/kore.conf', '/%2e%2e/conf/kore.conf', '/js/%252e%252e/x',
	'//etc/passwd', '/.git/config', '/js', '/api/v1/../../etc/passwd'];

const GET = 'GET /healthz HTTP/1.1';
const POST = 'POST /api/v1/session HTTP/1.1';
const HOST = 'Host: localhost';
const JSON_TYPE = 'Content-Type: application/json';
const CHUNKED = 'Transfer-Encoding: chunked';
const NEXT = `${GET}\r\n${HOST}\r\n\r\n`;

// Lines of a head, then a body.
const message = (...lines) => (body = '') =>
	[...lines, 'Connection: close', '', body].join('\r\n');
const get = (...lines) => message(GET, HOST, ...lines)();
const post = (...lines) => message(POST, HOST, JSON_TYPE, ...lines)('{"a":1}');
const chunks = (body) => message(POST, HOST, JSON_TYPE, CHUNKED)(body);
const first = (line) => message(line, HOST)();

export const malformed = [
	['two hosts', get('Host: other')],
	['one host twice', get(HOST)],
	['no host', message(GET)()],
	['an empty host', message(GET, 'Host:')()],
	['a host with a space', message(GET, 'Host: local host')(), 'straight'],
	['a host with a path', message(GET, 'Host: localhost/x')(), 'straight'],
	['a host with a NUL', message(GET, 'Host: local\0host')(), 'straight'],
	['a host of somebody else', message(GET, 'Host: evil.example')(),
		'straight'],
	['a host in the address', message(
		'GET http://evil.example/healthz HTTP/1.1', HOST)()],

	['two lengths', post('Content-Length: 7', 'Content-Length: 2')],
	['two lengths, the longer last',
		post('Content-Length: 2', 'Content-Length: 7')],
	['one length twice', post('Content-Length: 7', 'Content-Length: 7')],
	['two lengths in one line', post('Content-Length: 7, 7')],
	['a length with a sign', post('Content-Length: +7')],
	['a negative length', post('Content-Length: -7')],
	['a hexadecimal length', post('Content-Length: 0x7')],
	['a length with an exponent', post('Content-Length: 7e0')],
	['a length with a space', post('Content-Length: 0 7')],
	['a length beyond all numbers', post(`Content-Length: ${'9'.repeat(30)}`)],
	['an empty length', post('Content-Length:')],
	['no length', post()],
	['a length and chunks', post('Content-Length: 7', CHUNKED)],
	['chunks and a length', post(CHUNKED, 'Content-Length: 7')],
	['chunks and no length at all', get(CHUNKED)],
	['a coding nobody knows', post('Transfer-Encoding: xchunked')],
	['two codings', post('Transfer-Encoding: gzip, chunked')],
	['chunks twice', post(CHUNKED, CHUNKED)],
	['a coding and identity', post(CHUNKED, 'Transfer-Encoding: identity')],
	['a space before the colon', post('Transfer-Encoding : chunked')],
	['a tab before the coding', post('Transfer-Encoding:\tchunked')],
	['a vertical tab in the coding', post('Transfer-Encoding: \vchunked')],
	['a body with GET', `${message(GET, HOST,
		`Content-Length: ${NEXT.length}`)()}${NEXT}`, 'straight'],
	['a body with DELETE', `${message('DELETE /api/v1/session HTTP/1.1', HOST,
		`Content-Length: ${NEXT.length}`)()}${NEXT}`],

	['a chunk without a size', chunks('zz\r\n{}\r\n0\r\n\r\n')],
	['a chunk beyond all numbers', chunks(`${'f'.repeat(17)}\r\n{}`)],
	['a negative chunk', chunks('-2\r\n{}\r\n0\r\n\r\n')],
	['a hexadecimal prefix', chunks('0x2\r\n{}\r\n0\r\n\r\n')],
	['a chunk longer than its size', chunks('2\r\n{}{}\r\n0\r\n\r\n')],
	['a chunk that ends with nothing', chunks('2\r\n{}0\r\n\r\n')],

	['a folded line', get('X-Padding: a', ' b')],
	['a folded first line', message(GET, ' folded', HOST)()],
	['lines that end with CR', get().replaceAll('\r\n', '\r')],
	['a line without a colon', get('X-Padding'), 'nginx'],
	['a line without a name', get(': a'), 'straight'],
	['a space in a name', get('X Padding: a'), 'straight'],
	['a NUL in a name', get('X-Pad\0ding: a'), 'straight'],
	['a control in a name', get('X-Pad\x01ding: a'), 'straight'],
	['a NUL in a value', get('Cookie: a=\0'), 'straight'],
	['a CR in a value', get('Cookie: a=\rb')],
	['100 lines', get(...Array.from({ length: 100 },
		(_, i) => `X-Padding-${i}: ${i}`)), 'nginx'],
	['a line of 8 KB', get(`Cookie: ${'a'.repeat(8192)}`), 'straight'],
	['a line of 64 KB', get(`Cookie: ${'a'.repeat(65536)}`)],

	['an address of 2 KB', first(`GET /${'a'.repeat(2047)} HTTP/1.1`)],
	['an address of 5 KB', first(`GET /${'a'.repeat(5119)} HTTP/1.1`)],
	['an address of 64 KB', first(`GET /${'a'.repeat(65535)} HTTP/1.1`)],
	['an address with a NUL', first('GET /heal\0thz HTTP/1.1')],
	['an address with an encoded NUL', first('GET /heal%00thz HTTP/1.1')],
	['an address with a space', first('GET /heal thz HTTP/1.1')],
	['an address with a control', first('GET /heal\x01thz HTTP/1.1')],
	['an address with a bad percent', first('GET /heal%zzthz HTTP/1.1')],
	['an address without a slash', first('GET healthz HTTP/1.1')],
	['an address with a fragment', first('GET /none#healthz HTTP/1.1')],

	['an unknown method', first('FETCH /healthz HTTP/1.1')],
	['a method in small letters', first('get /healthz HTTP/1.1'), 'straight'],
	['a method of 1 KB', first(`${'G'.repeat(1024)} /healthz HTTP/1.1`)],
	['TRACE', first('TRACE /healthz HTTP/1.1')],
	['CONNECT', first('CONNECT localhost:80 HTTP/1.1')],
	['HTTP/9', first('GET /healthz HTTP/9.9')],
	['HTTP/2 that was not agreed on', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
	['HTTP/0.9', 'GET /healthz\r\n\r\n'],
	['a version of another protocol', first('GET /healthz ICY/1.1')],
	['a version in small letters', first('GET /healthz http/1.1'), 'straight'],
	['no version', first('GET /healthz')],
	['a tab for a space', first('GET\t/healthz\tHTTP/1.1')],
	['four words', first('GET /healthz HTTP/1.1 x'), 'straight'],
	['a space first', first(' GET /healthz HTTP/1.1'), 'straight'],
	['nothing but line ends', '\r\n'.repeat(100)],
	['noise', Buffer.from(Array.from({ length: 4096 },
		(_, i) => (i * 167 + 13) % 256))],
];
