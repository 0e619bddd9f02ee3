#pragma once

#include <string_view>

/// The look of a chart. Internal to this room.
namespace casplan::pictures {

/// Each condition has a colour of its own brightness, and all but plain service a pattern.
inline constexpr std::string_view chart_style = R"(<style>
text { font-family: "DejaVu Sans", Verdana, sans-serif; font-size: 11px; fill: #1a1a1a }
.title { font-size: 15px; font-weight: bold } .heading { font-size: 12px; font-weight: bold }
.code { text-anchor: middle; font-weight: bold } .on-dark { fill: #ffffff; stroke: #7f0000; stroke-width: 2.5px; paint-order: stroke }
.hour, .pause { font-size: 10px; fill: #555555 } .pause { text-anchor: middle } .date { font-size: 11px; font-weight: bold }
.paper { fill: #ffffff } .grid { stroke: #dddddd; stroke-width: 1px } .quiet { fill: url(#quiet) }
.step { stroke: #333333; stroke-width: 0.6px } .away { fill: #d9d9d9 }
.D { fill: #c9b3e6 } .U { fill: #8fb8de } .F { fill: #f5d76e } .C { fill: #a8d8b9 } .R { fill: #ffffff } .x { fill: #ffffff; stroke: #b71c1c; stroke-width: 1.4px; stroke-dasharray: 3 2 }
.good { fill: #d5ecd4 } .link { fill: url(#link) } .fail { fill: url(#fail) } .part { fill: url(#part) }
.out { fill: url(#out) } .some { fill: url(#some) } .tell { fill: url(#tell) } .none { fill: #ffffff }
</style>
<defs>
<pattern id="fail" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="#b71c1c"/><path d="M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4" stroke="#e57373" stroke-width="1.5"/></pattern>
<pattern id="part" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="#fbc28a"/><path d="M-2,6 l4,4 M0,0 l8,8 M6,-2 l4,4" stroke="#d9771f" stroke-width="1.2"/></pattern>
<pattern id="out" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#bdbdbd"/><path d="M0,3 h6" stroke="#9a9a9a" stroke-width="1"/></pattern>
<pattern id="some" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#e6e6e6"/><path d="M0,3 h6" stroke="#c4c4c4" stroke-width="1"/></pattern>
<pattern id="tell" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#fff4b8"/><circle cx="3" cy="3" r="1" fill="#c9a800"/></pattern>
<pattern id="link" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#d3e4f7"/><path d="M3,0 v6" stroke="#b3cdea" stroke-width="1"/></pattern>
<pattern id="quiet" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="#f6f6f6"/><path d="M0,8 l8,-8" stroke="#e2e2e2" stroke-width="1"/></pattern>
</defs>
)";

}  // namespace casplan::pictures
