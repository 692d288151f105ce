package dev.lamina.data;

/// Two parts of a data set: what is learned from and what is only looked at.
public record Split(Dataset train, Dataset test) {}
