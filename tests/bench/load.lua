-- What wrk asks for.  Chosen with the environment:
--
--   BENCH_WORK=dashboard   GET the dashboard of a learner, any of them
--   BENCH_WORK=save        PATCH a whole grid, all of whose marks change
--   BENCH_WORK=mixed       reading, saving, printing, and what is refused
--
--   BENCH_SCHOOLS=n        learners of schools 1 to n (see seed.sql)
--   BENCH_SAVES=file       for save and mixed: one line an evaluation, its
--                          id, revision, cookie, CSRF token and two bodies
--
-- wrk does not tell an answer's connection, so the answer says itself which
-- evaluation it is about: the server sends X-Request-Id back.  Each
-- evaluation is taken by one request at a time, as by one teacher.
--
-- Ends with one line of JSON: requests, seconds, failed, p50 and p99 in
-- milliseconds.  An answer that was not meant to be is counted as failed; the
-- first of them are told in `statuses`.

local work = os.getenv("BENCH_WORK")
local schools = tonumber(os.getenv("BENCH_SCHOOLS") or "1")
local threads = {}

function setup(thread)
	thread:set("number", #threads)
	table.insert(threads, thread)
end

local classes, class_size, teachers = 7, 30, 32
local cookies = {}

local function cookie(school, teacher)
	local key = school * 100 + teacher

	if not cookies[key] then
		cookies[key] = { ["Cookie"] = "__Host-session=bench-"
		    .. school .. "-" .. teacher }
	end
	return cookies[key]
end

local function get(path, school, headers)
	return wrk.format("GET", path,
	    headers or cookie(school, math.random(teachers)))
end

local function learner(school)
	return school * 1000 + math.random(classes * class_size)
end

local function dashboard()
	local school = math.random(schools)

	return get("/api/v1/learners/" .. learner(school) .. "/dashboard",
	    school)
end

-- Evaluations that no request is about at the moment.
local free, known = {}, {}

-- Every thread has evaluations of its own.
local function read_saves(file, of)
	local n = 0

	for line in io.lines(file) do
		local id, revision, token, csrf, odd, even = line:match(
		    "^(%S+) (%S+) (%S+) (%S+) (%S+) (%S+)$")
		n = n + 1
		if n % of == number % of then
			known[id] = { revision = tonumber(revision),
				bodies = { [0] = even, [1] = odd },
				headers = { ["Content-Type"]
				    = "application/json",
				    ["Cookie"] = "__Host-session=" .. token,
				    ["X-CSRF-Token"] = csrf,
				    ["Sec-Fetch-Site"] = "same-origin",
				    ["X-Request-Id"] = "save-000-" .. id } }
			table.insert(free, id)
		end
	end
end

local function save()
	local id = table.remove(free, 1)
	local e = known[id]

	e.headers["If-Match"] = '"' .. e.revision .. '"'
	return wrk.format("PATCH", "/api/v1/evaluations/" .. id .. "/marks",
	    e.headers, e.bodies[e.revision % 2])
end

-- What takes long or much: a class on paper, a workbook, a picture, a sign-in.
local heavy = { function(school)
	return get("/api/v1/classes/" .. school * 10 + math.random(classes)
	    .. "/interim-assessments/latest.pdf", school)
end, function(school)
	return get("/api/v1/classes/" .. school * 10 + math.random(classes)
	    .. "/grades.xlsx", school)
end, function(school)
	return get("/api/v1/interim-assessments/" .. 2000000 + learner(school)
	    .. "/radar.png?size=1200", school)
end, function(school)
	return wrk.format("POST", "/api/v1/session", {
		["Content-Type"] = "application/json",
		["Sec-Fetch-Site"] = "same-origin" },
	    string.format('{"school":"%07dX","login":"enseignant.%d",'
	    .. '"password":"Essais-2025!"}', school, 900
	    + math.random(teachers)))
end }

local refused = { { "/api/v1/learners/999999999/dashboard", 404 },
	{ "/api/v1/learners/1001/dashboard?nothing=1", 400 },
	{ "/api/v1/nothing", 404 } }

local function mixed()
	local n = math.random(1000)
	local school = math.random(schools)

	if n <= 500 then
		return dashboard()
	elseif n <= 600 then
		return get("/api/v1/session", school)
	elseif n <= 700 then
		return get("/api/v1/classes", school)
	elseif n <= 780 then
		return get("/api/v1/learners/" .. learner(school), school)
	elseif n <= 830 then
		return get("/healthz", school)
	elseif n <= 880 and #free > 0 then
		return save()
	elseif n == 881 then
		return heavy[math.random(#heavy)](school)
	elseif n <= 885 then
		return get("/api/v1/interim-assessments/"
		    .. 2000000 + learner(school) .. ".pdf", school)
	elseif n <= 940 then
		return get("/api/v1/session", school, {})
	end
	return get(refused[n % #refused + 1][1], school)
end

local requests = { dashboard = dashboard, save = save, mixed = mixed }

-- wrk has the first thread make one request that it does not send.
local made_one

function init()
	local file = os.getenv("BENCH_SAVES")

	math.randomseed(number * 7919 + 1)
	failed, statuses = 0, ""
	made_one = number > 0
	if file then
		read_saves(file, tonumber(os.getenv("BENCH_THREADS") or "1"))
	end
	if work ~= "dashboard" then
		response = answered
	end
end

function request()
	if not made_one then
		made_one = true
		return dashboard()
	end
	return requests[work]()
end

local function fail(status)
	failed = failed + 1
	if failed < 10 then
		statuses = statuses .. status .. " "
	end
end

function answered(status, headers)
	local id = headers["x-request-id"]

	id = id and id:match("^save%-000%-(%d+)$")
	if not id then
		if work == "save" or status >= 500 then
			fail(status)
		end
		return
	end
	if status == 200 then
		known[id].revision = known[id].revision + 1
		table.insert(free, id)
	else
		fail(status)
	end
end

function done(summary, latency)
	local bad, statuses = 0, ""

	for _, thread in ipairs(threads) do
		bad = bad + thread:get("failed")
		statuses = statuses .. thread:get("statuses")
	end
	-- Where no answer is looked at, wrk's own count must do.
	if work == "dashboard" then
		bad = summary.errors.status
	end
	local e = summary.errors
	io.write(string.format('{"requests":%d,"seconds":%.3f,"failed":%d,'
	    .. '"broken":%d,"p50":%.3f,"p99":%.3f,"statuses":"%s"}\n',
	    summary.requests, summary.duration / 1e6, bad,
	    e.connect + e.read + e.write + e.timeout,
	    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
	    statuses))
end
