// The bars of 各单位期限: <div data-lights='{"units": […], "late": […], "soon": […]}'>; the table beside it says the same.
"use strict";
(() => {
  const place = document.querySelector("[data-lights]");
  const told = place && JSON.parse(place.dataset.lights);
  if (!told || told.units.length === 0 || !window.echarts) return;
  const colour = (name, otherwise) => getComputedStyle(document.documentElement).getPropertyValue(name).trim() || otherwise;
  place.style.height = `${Math.max(120, 28 * told.units.length + 60)}px`;
  const chart = window.echarts.init(place, null, { renderer: "svg" });
  const bar = (name, data, fill, hatch) => ({
    name, data, type: "bar", stack: "all", barMaxWidth: 18, label: { show: true, color: hatch ? "#1f2937" : "#fff", formatter: (one) => one.value || "" },
    itemStyle: { color: fill, decal: hatch ? { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: 0.8 } : undefined },
  });
  const ink = colour("--tblr-body-color", "#1f2937");
  chart.setOption({
    animation: false,
    aria: { enabled: false },
    grid: { left: 8, right: 24, top: 32, bottom: 8, containLabel: true },
    legend: { top: 0, textStyle: { color: ink } },
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" } },
    xAxis: { type: "value", minInterval: 1, axisLabel: { color: ink } },
    yAxis: { type: "category", inverse: true, data: told.units, axisLabel: { color: ink } },
    series: [bar("已逾期", told.late, colour("--tblr-danger", "#b42318"), false), bar("3日内到期", told.soon, colour("--tblr-warning", "#b54708"), true)],
  });
  addEventListener("resize", () => chart.resize());
})();
