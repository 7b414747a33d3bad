// The open files, a line for each report in them.

import { button, element } from "./dom.js";

export class FileList {
  #root;
  #open;

  constructor(root, open) {
    this.#root = root;
    this.#open = open;
  }

  draw(files, current) {
    const lines = files.flatMap((file) =>
      (file.problem || !file.reports.length ? [null] : file.reports).map((report, index) => ({ file, report, index })),
    );
    this.#root.hidden = lines.length < 2;
    this.#root.replaceChildren(
      element("ul", {}, ...lines.map(({ file, report, index }) => {
        const line = button("", () => this.#open(file, index), {
          "aria-current": file === current && index === (file.shown ?? 0) ? "true" : null,
        });
        line.append(
          element("span", { class: "name" }, report?.path ?? file.name),
          element("span", { class: `verdict ${report?.verdict ?? "none"}` }, words(file, report)),
        );
        return element("li", {}, line);
      })),
    );
    this.#root.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }
}

function words(file, report) {
  if (!report) return file.problem ? "没有检查" : "等待检查";
  if (report.status !== "checked") return report.status === "skipped" ? "不是年报" : "未能读取";
  const errors = report.findings.filter(({ severity }) => severity === "error").length;
  return errors ? `错误 ${errors}` : `问题 ${report.findings.length}`;
}
