// The page: what happens when, and in which state it is.

import { byId } from "./dom.js";
import { drawComparison } from "./comparison_view.js";
import { DocumentView } from "./document_view.js";
import { isEmbedded } from "./embedded.js";
import { missingFeature } from "./features.js";
import { FileList } from "./file_list.js";
import { FindingsView } from "./findings_view.js";
import { IdentityView } from "./identity_view.js";
import { takeFiles } from "./intake.js";
import { ReportFile } from "./report_file.js";
import { ServerHost } from "./server_host.js";
import { Tools } from "./tools.js";
import { openingOf, WritingView } from "./writing_view.js";
import { StoppedError, WorkerHost } from "./worker_host.js";

const SECONDS = 60;
const SECONDS_OF_A_LARGE_FILE = 180;
const LARGE = 5_000_000;

class Page {
  #host = isEmbedded() ? new WorkerHost() : new ServerHost();
  #begin;
  // What the checker is asked to do, one after the other; what is given while it starts waits for it.
  #queue = new Promise((resolve) => (this.#begin = resolve));
  #files = [];
  #current = null;
  today = localDay();
  profile = "national";
  about = null;

  constructor() {
    const actions = {
      change: (edits) => this.change(edits),
      place: (id) => this.#document.show(id),
      finding: (id) => this.#findings.show(id),
      mark: (numbers) => this.#findings.mark(numbers),
    };
    this.#document = new DocumentView(byId("document"), actions);
    this.#findings = new FindingsView(actions);
    this.#identity = new IdentityView(byId("about"), this);
    this.#tools = new Tools(byId("tools"), this);
    this.#writing = new WritingView(byId("writing"), this);
    let fold = () => {};
    addEventListener("beforeprint", () => (fold = this.#findings.unfold()));
    addEventListener("afterprint", () => fold());
    this.#list = new FileList(byId("files"), (file, shown) => this.open(file, shown));
  }

  #document;
  #findings;
  #identity;
  #tools;
  #writing;
  #list;

  get file() {
    return this.#current;
  }

  /** Whether somebody would lose what was changed or written. */
  get hasUnsaved() {
    return this.#files.some(({ unsaved }) => unsaved);
  }

  async start() {
    const missing = missingFeature(isEmbedded());
    if (missing) return this.#say("failed", missing);
    takeFiles((files) => this.take(files), this.#queue.then(() => new Set(this.about.suffixes)));
    try {
      await this.#host.start((words) => this.say(words));
    } catch (error) {
      console.error(error);
      const why = "检查程序没能在这个浏览器里启动。请换用新版的 360、奇安信、Chrome、Edge 浏览器，或关掉别的网页再试。";
      return this.#say("failed", isEmbedded() ? why : error.message);
    }
    byId("file").disabled = false;
    byId("stop").addEventListener("click", () => this.#host.stop());
    byId("new-report").addEventListener("click", () => this.#write());
    this.#say("ready", "准备好了，请选择报告。");
    const { answer } = await this.askHost({ do: "about" });
    if (answer.problem) return this.#say("failed", answer.problem);
    this.about = answer;
    byId("new-report").disabled = false;
    byId("file").accept = answer.suffixes.map((suffix) => `.${suffix}`).join(",");
    this.#begin();
    if (answer.given) await this.#openGiven();
  }

  async #openGiven() {
    const { answer, files } = await this.#host.ask({ do: "given" });
    if (answer.problem) this.#say("failed", answer.problem);
    else await this.take([new ReportFile(answer.name, files[0])]);
  }

  /** Begin a new report. */
  async #write() {
    const file = new ReportFile("", new Uint8Array());
    file.draft = { agency: "", year: String(Number(this.today.slice(0, 4)) - 1), texts: {} };
    file.draft.texts[0] = openingOf(this.about, file.draft);
    if (await this.#redraft(file)) await this.take([file]);
  }

  /** Make the document of a new report from what its author has written. */
  async #redraft(file) {
    const { previous } = file;
    const request = { do: "draft", ...file.draft, previous: previous?.name };
    const { answer, files } = await this.askHost(request, previous ? [previous.data] : []);
    if (answer.problem) {
      this.say(answer.problem);
      return false;
    }
    [file.name, file.data] = [answer.name, files[0]];
    file.unsaved = true;
    return true;
  }

  /** Take into account what is known now of a file, or what its author has written. */
  async renew(file, restore) {
    if (file.draft && !(await this.#redraft(file))) return restore?.();
    return this.again(file, restore);
  }

  /** Check files that a person has given, one after the other, and show the first. */
  take(files) {
    this.#queue = this.#queue.then(async () => {
      for (const file of files) {
        this.#files = [...this.#files.filter(({ name, draft }) => draft || name !== file.name), file];
        await this.#check(file);
        this.#list.draw(this.#files, file);
      }
      if (files.length) this.open(files[0]);
    });
    return this.#queue;
  }

  /** Show a file, or one of the reports in it. */
  open(file, shown = file.shown) {
    const other = file !== this.#current || shown !== file.shown;
    file.shown = shown;
    this.#current = file;
    this.#draw();
    // On a phone, and in a low window, a person may have gone far down in what was shown before.
    if (other) this.#toTop();
    const failed = Boolean(file.problem);
    this.#say(failed ? "failed" : "checked", failed ? file.problem : this.#summary());
  }

  #toTop() {
    this.#findings.close();
    for (const moved of [document.documentElement, document.body, byId("document"), byId("panel")]) moved.scrollTop = 0;
  }

  /** Edits that belong together: put them into the open file and check it again. */
  change(edits) {
    const file = this.#current;
    if (!file || !edits.length) return this.#queue;
    file.changes.push(edits);
    file.unsaved = true;
    return this.again(file, () => file.changes.pop());
  }

  undo() {
    const file = this.#current;
    const undone = file?.changes.pop();
    return undone ? this.again(file, () => file.changes.push(undone)) : this.#queue;
  }

  /** Check a file again; `restore` is called if that fails. Of several changes in a row the last one is checked. */
  again(file = this.#current, restore = () => {}) {
    file.waiting += 1;
    this.#queue = this.#queue.then(async () => {
      file.waiting -= 1;
      if (file.waiting) return;
      const before = [file.answer, file.run, file.problem];
      await this.#check(file);
      const problem = file.problem;
      if (problem && before[0]) {
        restore();
        [file.answer, file.run, file.problem] = before;
      }
      this.#list.draw(this.#files, file);
      this.open(file);
      if (problem && before[0]) this.say(problem);
    });
    return this.#queue;
  }

  /** Ask the checker about the open file. */
  async ask(more, others) {
    const [request, files] = this.#current.request(this.today, this.profile, more);
    return this.askHost(request, others ? [files[0], ...others] : files);
  }

  /** Ask the checker; what goes wrong stands in the answer. */
  async askHost(request, files = []) {
    const size = files.reduce((sum, { length }) => sum + length, 0);
    const seconds = size > LARGE ? SECONDS_OF_A_LARGE_FILE : SECONDS;
    byId("stop").hidden = request.do === "about";
    try {
      return await this.#host.ask(request, files, seconds);
    } catch (error) {
      const stopped = `没有检查完：已停止，或超过了 ${seconds} 秒。请用 WPS 或 Word 打开，另存为 .docx 后再试。`;
      const broken = isEmbedded() ? "检查程序出错，已重新启动。请把文件另存为 .docx 后再试。" : error.message;
      if (!(error instanceof StoppedError)) console.error(error);
      return { answer: { problem: error instanceof StoppedError ? stopped : broken }, files: [] };
    } finally {
      byId("stop").hidden = true;
    }
  }

  /** Say something in the status line, whatever the state. */
  say(words) {
    byId("status").textContent = words;
  }

  #say(state, words) {
    this.say(words);
    document.body.dataset.state = state;
  }

  async #check(file) {
    this.#say("checking", `正在检查 ${file.name}…`);
    if (file.lost) return file.refuse(file.lost);
    const [request, files] = file.request(this.today, this.profile, { do: "check" });
    const { answer } = await this.askHost(request, files);
    if (answer.problem) file.refuse(answer.problem);
    else file.accept(answer);
  }

  #draw() {
    const file = this.#current;
    const there = Boolean(file.view);
    byId("welcome").hidden = true;
    byId("desk").hidden = !there && !file.draft;
    // Of what could not be read nothing is known that could be corrected, and there is nothing to take home.
    byId("tools").hidden = byId("about").hidden = Boolean(file.problem);
    this.#document.draw(file);
    this.#findings.draw(file);
    this.#identity.draw(file);
    this.#tools.draw(file);
    this.#writing.draw(file);
    drawComparison(byId("comparison"));
    this.#list.draw(this.#files, file);
    byId("name").textContent = there ? file.name : "";
    byId("name").hidden = !there;
    document.title = there ? `${file.name} - 年报检查` : "年报检查";
  }

  #summary() {
    const { view, report, changes } = this.#current;
    if (report.status !== "checked") return report.problem?.text ?? "";
    const count = (severity) => report.findings.filter((finding) => finding.severity === severity).length;
    const counts = `错误 ${count("error")}，警告 ${count("warning")}，提示 ${count("info")}`;
    const changed = changes.length ? `（已按 ${changes.length} 次修改重新检查）` : "";
    return `${view.verdict}：${counts}。${changed}`;
  }
}

function localDay() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((number) => String(number).padStart(2, "0"))
    .join("-");
}

const page = new Page();
addEventListener("beforeunload", (event) => {
  if (page.hasUnsaved) event.preventDefault();
});
page.start();
// So that `old_browser.js` knows.
document.body.dataset.began = "";
