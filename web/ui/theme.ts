import {
  type ActionIconProps,
  type AutocompleteProps,
  type ButtonProps,
  type CheckboxProps,
  type ChipProps,
  type ComboboxOptionsProps,
  type ComboboxProps,
  createTheme,
  type DrawerProps,
  type DrawerRootProps,
  type FieldsetProps,
  type InputProps,
  type InputWrapperProps,
  type MenuProps,
  type ModalProps,
  type ModalRootProps,
  type MultiSelectProps,
  type NativeSelectProps,
  type NumberInputProps,
  type PillProps,
  type PillsInputFieldProps,
  type PopoverProps,
  type RadioProps,
  type SegmentedControlProps,
  type SelectProps,
  type SkeletonProps,
  type SwitchProps,
  type TabsProps,
  type TagsInputProps,
  type TextareaProps,
  type TooltipProps,
} from '@mantine/core'
import styles from './theme.module.css'

// A dialog comes and goes at once, and has the keys from its first moment. Its scroll lock would inject a <style>, which the Content-Security-Policy forbids; the frame does not scroll.
const dialog = { lockScroll: false, returnFocus: false, shadow: 'md', transitionProps: { duration: 0 } }
// Beside what opened it, not at the end of the document: inside the page's landmarks and next in the order of focus.
const floating = {
  withinPortal: false,
  floatingStrategy: 'fixed',
  shadow: 'md',
  offset: 4,
  transitionProps: { duration: 0 },
} as const
// Written against types only: importing the components here would put all of them into the first script.
type Look<Props> = {
  defaultProps?: Partial<Props>
  classNames?: Partial<Record<string, string | undefined>>
  vars?: () => Record<string, Record<string, string>>
}
const look = <Props>(one: Look<Props>): Look<Props> => one

const field = {
  '--input-height': 'var(--field)',
  '--input-size': 'var(--field)',
  '--input-fz': 'var(--size)',
  '--input-padding': '9px',
}
const options = {
  input: styles.input,
  dropdown: styles.dropdown,
  option: styles.option,
  groupLabel: styles.groupLabel,
  empty: styles.emptyOption,
  options: styles.options,
}
// The list of options scrolls itself: a scroll area within it would be a stop that the keyboard cannot reach.
const list = { comboboxProps: floating, withScrollArea: false }

/**
 * How Mantine's components look here. Colours and sizes come from tokens.css; this only says which component has which
 * class and default, so that pages need no style props.
 */
export const theme = createTheme({
  fontFamily: 'var(--font)',
  primaryColor: 'blue',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  breakpoints: { xs: '480px', sm: '720px', md: '1000px', lg: '1200px', xl: '1440px' },
  components: {
    Button: look<ButtonProps>({
      defaultProps: { variant: 'default' },
      classNames: { root: styles.button, section: styles.buttonSection },
    }),
    ActionIcon: look<ActionIconProps>({
      defaultProps: { variant: 'subtle', color: 'gray' },
      classNames: { root: styles.icon },
    }),
    Input: look<InputProps>({ vars: () => ({ wrapper: field }), classNames: { input: styles.input } }),
    InputWrapper: look<InputWrapperProps>({
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
      classNames: {
        label: styles.label,
        description: styles.description,
        error: styles.error,
        required: styles.required,
      },
    }),
    Textarea: look<TextareaProps>({ defaultProps: { autosize: true, minRows: 3, maxRows: 12 } }),
    NumberInput: look<NumberInputProps>({ defaultProps: { hideControls: true, classNames: { input: 'num' } } }),
    NativeSelect: look<NativeSelectProps>({ classNames: { input: styles.input } }),
    Select: look<SelectProps>({
      defaultProps: {
        allowDeselect: false,
        checkIconPosition: 'right',
        ...list,
      },
      classNames: options,
    }),
    MultiSelect: look<MultiSelectProps>({ defaultProps: list, classNames: options }),
    TagsInput: look<TagsInputProps>({ defaultProps: list, classNames: options }),
    Autocomplete: look<AutocompleteProps>({ defaultProps: list, classNames: options }),
    // A list that scrolls is a stop of Tab for browsers, on which the focus would be lost when the list closes.
    ComboboxOptions: look<ComboboxOptionsProps>({ defaultProps: { tabIndex: -1 } }),
    Combobox: look<ComboboxProps>({ defaultProps: floating, classNames: options }),
    Checkbox: look<CheckboxProps>({
      defaultProps: { size: 'xs' },
      classNames: { label: styles.tickLabel, description: styles.description, body: styles.tickBody },
    }),
    Chip: look<ChipProps>({ classNames: { label: styles.choice } }),
    Radio: look<RadioProps>({
      defaultProps: { size: 'xs' },
      classNames: { label: styles.tickLabel, description: styles.description, body: styles.tickBody },
    }),
    Switch: look<SwitchProps>({
      defaultProps: { size: 'xs', withThumbIndicator: false },
      classNames: { label: styles.tickLabel, description: styles.description, body: styles.tickBody },
    }),
    Fieldset: look<FieldsetProps>({ classNames: { root: styles.fieldset, legend: styles.legend } }),
    Menu: look<MenuProps>({
      defaultProps: floating,
      classNames: { dropdown: styles.dropdown, item: styles.option, label: styles.groupLabel },
    }),
    PillsInputField: look<PillsInputFieldProps>({ classNames: { field: styles.pillsField } }),
    Pill: look<PillProps>({ classNames: { root: styles.pill } }),
    Popover: look<PopoverProps>({ defaultProps: floating, classNames: { dropdown: styles.popover } }),
    Tooltip: look<TooltipProps>({
      defaultProps: {
        openDelay: 300,
        offset: 6,
        multiline: true,
        maw: 360,
        transitionProps: { duration: 0 },
        events: { hover: true, focus: true, touch: true },
      },
      classNames: { tooltip: styles.tooltip },
    }),
    ModalRoot: look<ModalRootProps>({ defaultProps: { ...dialog, radius: 'lg' } }),
    Modal: look<ModalProps>({ classNames: { content: styles.dialog, overlay: styles.veil, close: styles.icon } }),
    DrawerRoot: look<DrawerRootProps>({ defaultProps: dialog }),
    Drawer: look<DrawerProps>({ classNames: { content: styles.dialog, overlay: styles.veil, close: styles.icon } }),
    Tabs: look<TabsProps>({ classNames: { list: styles.tabList, tab: styles.tab } }),
    SegmentedControl: look<SegmentedControlProps>({
      defaultProps: { transitionDuration: 0 },
      classNames: {
        root: styles.segments,
        control: styles.segmentBox,
        label: styles.segment,
        indicator: styles.segmentOn,
      },
    }),
    Skeleton: look<SkeletonProps>({ defaultProps: { radius: 'sm' } }),
  },
})
