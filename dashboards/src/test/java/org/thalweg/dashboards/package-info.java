/** Checks rules and dashboards against the meters, Prometheus and Grafana's schema. */
@NullMarked
package org.thalweg.dashboards;

import org.jspecify.annotations.NullMarked;
