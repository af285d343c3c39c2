// Charts of figures: columns in the order of time, or rows of a list with the largest on top.
import * as echarts from "echarts/core";
import { BarChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent } from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";

echarts.use([BarChart, AriaComponent, GridComponent, TooltipComponent, CanvasRenderer]);

const MOST = 20;
const GREEN = "#1b5e46";

export function start() {
  for (const box of document.querySelectorAll("[data-chart]")) {
    const data = JSON.parse(document.getElementById(box.dataset.chart).textContent);
    const rows = box.dataset.kind === "rows";
    const shown = rows ? largest(data) : data;
    if (rows) box.style.height = `${Math.max(120, 40 + shown.names.length * 30)}px`;
    const chart = echarts.init(box);
    const drawn = rows ? lying : box.dataset.kind === "small" ? small : standing;
    chart.setOption(drawn(shown, box.clientWidth));
    new ResizeObserver(() => chart.resize()).observe(box);
  }
}

function largest(data) {
  const pairs = data.names.map((name, at) => [name, data.values[at]]).filter(([, value]) => value !== null);
  pairs.sort((one, other) => other[1] - one[1]);
  const kept = pairs.slice(0, MOST).reverse();
  return { names: kept.map(([name]) => name), values: kept.map(([, value]) => value) };
}

function standing(data, width) {
  const turned = data.names.length * 64 > width;
  return {
    ...usual(),
    grid: { left: 8, right: 12, top: 28, bottom: 8, containLabel: true },
    xAxis: { type: "category", data: data.names, axisTick: { show: false }, axisLabel: { rotate: turned ? 40 : 0 } },
    yAxis: { type: "value" },
    series: [{ type: "bar", data: data.values, barMaxWidth: 36, label: { show: !turned, position: "top" } }],
  };
}

function small(data) {
  return {
    ...usual(),
    grid: { left: 0, right: 0, top: 4, bottom: 2 },
    xAxis: { type: "category", data: data.names, show: false },
    yAxis: { type: "value", show: false },
    series: [{ type: "bar", data: data.values, barMaxWidth: 18 }],
  };
}

function lying(data, width) {
  const names = { width: Math.min(200, width * 0.4), overflow: "truncate" };
  return {
    ...usual(),
    grid: { left: 8, right: 48, top: 8, bottom: 8, containLabel: true },
    xAxis: { type: "value", show: false },
    yAxis: { type: "category", data: data.names, axisTick: { show: false }, axisLabel: names },
    series: [{ type: "bar", data: data.values, barMaxWidth: 20, label: { show: true, position: "right" } }],
  };
}

function usual() {
  return {
    animation: false,
    aria: { enabled: true },
    color: [GREEN],
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, renderMode: "richText" },
  };
}
