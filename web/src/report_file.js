// A file that is open on the page, with what a person has changed in it.

export class ReportFile {
  constructor(name, data, lost = "") {
    this.name = name;
    this.data = data;
    // Changes in the order in which they were made; a change is one or more edits that are undone together.
    this.changes = [];
    this.options = {};
    this.previous = null;
    // Which of the results in the file; null until there are some.
    this.shown = null;
    this.answer = null;
    this.problem = "";
    // Checks that have been asked for and not begun.
    this.waiting = 0;
    // What its author has written of a new report: `agency`, `year`, `texts`; null for a file that was given.
    this.draft = null;
    // Whether anything was changed since it was last taken home.
    this.unsaved = false;
    // Why its bytes could not be had; empty if they are there.
    this.lost = lost;
  }

  get edits() {
    return this.changes.flat();
  }

  /** The results of the reports in the file, as the contract has them. */
  get reports() {
    return this.answer ? this.run.reports : [];
  }

  get report() {
    return this.reports[this.shown];
  }

  get view() {
    return this.answer?.reports[this.shown];
  }

  /** Take what the checker has answered. */
  accept(answer) {
    this.answer = answer;
    this.run = JSON.parse(answer.run);
    const { reports } = this.run;
    const isChecked = ({ status }) => status === "checked";
    const unread = !reports.some(isChecked);
    // Of a mail with its attachments, the first thing that is a report.
    this.shown = Math.min(this.shown ?? Math.max(reports.findIndex(isChecked), 0), reports.length - 1);
    this.problem = unread ? (reports[0]?.problem?.text ?? "文件里没有可以检查的报告。") : "";
  }

  /** Take that there is no answer. */
  refuse(problem) {
    this.answer = null;
    this.problem = problem;
  }

  /** What the checker is asked about it. */
  request(today, profile, more) {
    const request = {
      name: this.name,
      options: { ...this.options, today, profile },
      edits: this.edits,
      previous: this.previous?.name,
      ...more,
    };
    return [request, this.previous ? [this.data, this.previous.data] : [this.data]];
  }
}
